<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>AgreementPage</name>
    <message>
        <source>Agreement</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Grader</source>
        <translation>Évaluateur</translation>
    </message>
    <message>
        <source>Agreement by question</source>
        <translation>Accord par question</translation>
    </message>
    <message>
        <source>Agreement by grader</source>
        <translation>Accord par évaluateur</translation>
    </message>
    <message>
        <source>Save as CSV…  Ctrl+S</source>
        <translation>Enregistrer en CSV…  Ctrl+S</translation>
    </message>
    <message>
        <source>Least agreement first. Below five answers no percent is said.</source>
        <translation>Le moins d&apos;accord d&apos;abord. En dessous de cinq réponses, pas de pourcentage.</translation>
    </message>
    <message>
        <source>By week  Ctrl+W</source>
        <translation>Par semaine  Ctrl+W</translation>
    </message>
    <message>
        <source>By month  Ctrl+W</source>
        <translation>Par mois  Ctrl+W</translation>
    </message>
    <message>
        <source>{0} finished rounds</source>
        <translation>{0} passages terminés</translation>
    </message>
    <message>
        <source>No round is finished yet.</source>
        <translation>Aucun passage n&apos;est terminé.</translation>
    </message>
    <message>
        <source>1 finished round</source>
        <translation>1 passage terminé</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>You practise: {0} opens the practice phones, to plug them in and to tap Trust.</source>
        <translation>Exercice : {0} ouvre les téléphones d&apos;exercice, pour les brancher et toucher « Se fier ».</translation>
    </message>
    <message>
        <source>The language changes the next time the program starts.</source>
        <translation>La langue changera au prochain démarrage du programme.</translation>
    </message>
</context>
<context>
    <name>CalibrationWindow</name>
    <message>
        <source>Calibration</source>
        <translation>Étalonnage</translation>
    </message>
    <message>
        <source>Reference phones  Alt+1</source>
        <translation>Téléphones de référence  Alt+1</translation>
    </message>
    <message>
        <source>Agreement  Alt+2</source>
        <translation>Accord  Alt+2</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>Import a set</source>
        <translation>Importer un jeu</translation>
    </message>
    <message>
        <source>Export a set</source>
        <translation>Exporter un jeu</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Enregistrer en CSV</translation>
    </message>
    <message>
        <source>A reference phone is made of a closed inspection.</source>
        <translation>Un téléphone de référence vient d&apos;une inspection close.</translation>
    </message>
    <message>
        <source>Choose an accepted or declined phone in the main window, then press Ctrl+T here.</source>
        <translation>Choisissez dans la fenêtre principale un téléphone accepté ou refusé, puis Ctrl+T ici.</translation>
    </message>
</context>
<context>
    <name>CameraSheet</name>
    <message>
        <source>Camera</source>
        <translation>Appareil photo</translation>
    </message>
    <message>
        <source>The camera starts …</source>
        <translation>L&apos;appareil photo démarre …</translation>
    </message>
    <message>
        <source>Take photo  Space</source>
        <translation>Photographier  Espace</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
</context>
<context>
    <name>ChecklistFrame</name>
    <message>
        <source>C   No visible defect on this page</source>
        <translation>C   Aucun défaut visible sur cette page</translation>
    </message>
    <message>
        <source>D   Mark a defect</source>
        <translation>D   Marquer un défaut</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Page entière</translation>
    </message>
    <message>
        <source>{0} answer · {1} not checked · {2} next open question · {3} clear the answer · {4} all keys</source>
        <translation>{0} réponse · {1} non vérifié · {2} question ouverte suivante · {3} effacer la réponse · {4} toutes les touches</translation>
    </message>
    <message>
        <source>C   Rest clean</source>
        <translation>C   Reste net</translation>
    </message>
    <message>
        <source>C   Clean page</source>
        <translation>C   Page sans défaut</translation>
    </message>
    <message>
        <source>C   No other visible defect</source>
        <translation>C   Aucun autre défaut visible</translation>
    </message>
    <message>
        <source>{0} of {1} done</source>
        <translation>{0} sur {1} faites</translation>
    </message>
    <message>
        <source>{0} need you</source>
        <translation>{0} à faire</translation>
    </message>
    <message>
        <source>{0} not checked</source>
        <translation>{0} non vérifiée(s)</translation>
    </message>
    <message>
        <source>Choose a phone to answer its questions.</source>
        <translation>Choisissez un téléphone pour répondre à ses questions.</translation>
    </message>
    <message>
        <source>This inspection is closed; its answers can be read, not changed.</source>
        <translation>Cette inspection est close ; ses réponses se lisent mais ne se changent plus.</translation>
    </message>
    <message>
        <source>The answers open as soon as the phone is saved.</source>
        <translation>Les réponses s&apos;ouvrent dès que le téléphone est enregistré.</translation>
    </message>
</context>
<context>
    <name>ChecklistPanel</name>
    <message>
        <source>Checklist</source>
        <translation>Liste de contrôle</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Questions and outline</source>
        <translation>Questions et silhouette</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Silhouette</translation>
    </message>
    <message>
        <source>Show the other questions</source>
        <translation>Montrer les autres questions</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>What the price is of</source>
        <translation>De quoi est le prix</translation>
    </message>
    <message>
        <source>Along</source>
        <translation>Selon</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Marché</translation>
    </message>
    <message>
        <source>Phone model</source>
        <translation>Modèle de téléphone</translation>
    </message>
    <message>
        <source>Type a phone model</source>
        <translation>Saisissez un modèle</translation>
    </message>
    <message>
        <source>Phone models</source>
        <translation>Modèles de téléphone</translation>
    </message>
    <message>
        <source>Phone  Ctrl+F</source>
        <translation>Téléphone  Ctrl+F</translation>
    </message>
    <message>
        <source>By  Ctrl+B</source>
        <translation>Selon  Ctrl+B</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
</context>
<context>
    <name>CommandBar</name>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Chercher une commande</translation>
    </message>
    <message>
        <source>Nothing is called so. Try another word.</source>
        <translation>Rien ne s&apos;appelle ainsi. Essayez un autre mot.</translation>
    </message>
</context>
<context>
    <name>CutCover</name>
    <message>
        <source>More below</source>
        <translation>La suite plus bas</translation>
    </message>
</context>
<context>
    <name>DealBar</name>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Retour  Échap</translation>
    </message>
    <message>
        <source>Buy this phone for {0}?</source>
        <translation>Acheter ce téléphone {0} ?</translation>
    </message>
    <message>
        <source>The purchase paper is saved as a PDF. Money goes out.</source>
        <translation>Le document de rachat est enregistré en PDF. De l&apos;argent sort.</translation>
    </message>
    <message>
        <source>Buy this phone for {0} {1}?</source>
        <translation>Acheter ce téléphone pour {0} {1} ?</translation>
    </message>
    <message>
        <source>What was left out is kept with the deal.</source>
        <translation>Ce qui a été omis est gardé avec l&apos;achat.</translation>
    </message>
    <message>
        <source>Accept  Enter</source>
        <translation>Accepter  Entrée</translation>
    </message>
    <message>
        <source>The customer keeps the phone?</source>
        <translation>Le client garde le téléphone ?</translation>
    </message>
    <message>
        <source>The quote is kept.</source>
        <translation>Le devis est conservé.</translation>
    </message>
    <message>
        <source>Decline  Enter</source>
        <translation>Refuser  Entrée</translation>
    </message>
</context>
<context>
    <name>DeviceTile</name>
    <message>
        <source>Progress of reading</source>
        <translation>Avancement de la lecture</translation>
    </message>
</context>
<context>
    <name>DevicesPanel</name>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Slots  F11</source>
        <translation>Places  F11</translation>
    </message>
    <message>
        <source>All slots</source>
        <translation>Toutes les places</translation>
    </message>
    <message>
        <source>All slots, and how often each lost its phone</source>
        <translation>Toutes les places, et combien de fois chacune a perdu son téléphone</translation>
    </message>
    <message>
        <source>Plug in a phone. Slots get their numbers in the order in which you use them first.</source>
        <translation>Branchez un téléphone. Les places sont numérotées dans l&apos;ordre de leur première utilisation.</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>There is no slot {0}</source>
        <translation>Il n&apos;y a pas de place {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} à {1}</translation>
    </message>
    <message>
        <source>Known: {0}.</source>
        <translation>Connues : {0}.</translation>
    </message>
    <message>
        <source>Slot {0}_ Enter</source>
        <translation>Place {0}_ Entrée</translation>
    </message>
</context>
<context>
    <name>FaultMenu</name>
    <message>
        <source>What to practise</source>
        <translation>À exercer</translation>
    </message>
    <message>
        <source>Nothing special</source>
        <translation>Rien de particulier</translation>
    </message>
    <message>
        <source>Works as it should</source>
        <translation>Fonctionne comme il faut</translation>
    </message>
</context>
<context>
    <name>FetchedCard</name>
    <message>
        <source>Fetched</source>
        <translation>Téléchargé</translation>
    </message>
    <message>
        <source>The file that names feeds</source>
        <translation>Le fichier qui nomme les flux</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Ouvrir son dossier</translation>
    </message>
    <message>
        <source>Copy its path</source>
        <translation>Copier son chemin</translation>
    </message>
    <message>
        <source>How to name a feed</source>
        <translation>Comment nommer un flux</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Next phone  Enter</source>
        <translation>Téléphone suivant  Entrée</translation>
    </message>
    <message>
        <source>{0} · {1} · graded by {2}</source>
        <translation>{0} · {1} · évalué par {2}</translation>
    </message>
</context>
<context>
    <name>GradeCard</name>
    <message>
        <source>Grade</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>Other standards  Ctrl+R</source>
        <translation>Autres standards  Ctrl+R</translation>
    </message>
    <message>
        <source>What would lift it</source>
        <translation>Ce qui l&apos;améliorerait</translation>
    </message>
    <message>
        <source>Repairs that lift the grade</source>
        <translation>Réparations qui améliorent le grade</translation>
    </message>
    <message>
        <source>These answers stand next to a boundary.</source>
        <translation>Ces réponses sont à la limite entre deux grades.</translation>
    </message>
    <message>
        <source>Confirm  Ctrl+B</source>
        <translation>Confirmer  Ctrl+B</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>En raison de</translation>
    </message>
</context>
<context>
    <name>Handling</name>
    <message>
        <source>This inspection is closed already.</source>
        <translation>Cette inspection est déjà close.</translation>
    </message>
    <message>
        <source>Choose a phone first.</source>
        <translation>Choisissez d&apos;abord un téléphone.</translation>
    </message>
</context>
<context>
    <name>KeptCard</name>
    <message>
        <source>Kept models</source>
        <translation>Modèles conservés</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>↑ ↓ PgUp PgDn show the rest.</source>
        <translation>↑ ↓ Pg préc Pg suiv montrent le reste.</translation>
    </message>
</context>
<context>
    <name>LaterList</name>
    <message>
        <source>Finish later</source>
        <translation>À terminer</translation>
    </message>
</context>
<context>
    <name>LinesTable</name>
    <message>
        <source>Sum</source>
        <translation>Somme</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>tradein</source>
        <translation>tradein</translation>
    </message>
    <message>
        <source>Plug in a phone</source>
        <translation>Branchez un téléphone</translation>
    </message>
    <message>
        <source>No phone plugged in</source>
        <translation>Aucun téléphone branché</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Atelier</translation>
    </message>
    <message>
        <source>Buying: money goes out</source>
        <translation>Achat : de l&apos;argent sort</translation>
    </message>
    <message>
        <source>Reading and checklist</source>
        <translation>Lecture et liste de contrôle</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Panneaux</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Liste de contrôle</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Devis</translation>
    </message>
    <message>
        <source>Keys  F1</source>
        <translation>Touches  F1</translation>
    </message>
    <message>
        <source>Starting: what you pressed comes in a moment</source>
        <translation>Démarrage : ce que vous avez demandé arrive dans un instant</translation>
    </message>
    <message>
        <source>Starting: type again in a moment</source>
        <translation>Démarrage : retapez dans un instant</translation>
    </message>
</context>
<context>
    <name>MarkSheet</name>
    <message>
        <source>Mark a defect</source>
        <translation>Marquer un défaut</translation>
    </message>
    <message>
        <source>Backspace: one step back. Esc: close.</source>
        <translation>Retour arrière : un pas en arrière. Échap : fermer.</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Choix</translation>
    </message>
    <message>
        <source>Marked (↑ ↓ choose, Delete removes)</source>
        <translation>Marqués (↑ ↓ choisir, Suppr retire)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>Retirer {0}</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Ouvrir le fichier</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
</context>
<context>
    <name>ModeMenu</name>
    <message>
        <source>Mode of the phone</source>
        <translation>Mode du téléphone</translation>
    </message>
</context>
<context>
    <name>NameOffer</name>
    <message>
        <source>Not known by name</source>
        <translation>Nom inconnu</translation>
    </message>
    <message>
        <source>Name it</source>
        <translation>Le nommer</translation>
    </message>
</context>
<context>
    <name>NameSheet</name>
    <message>
        <source>Name this model</source>
        <translation>Nommer ce modèle</translation>
    </message>
    <message>
        <source>Name on the box</source>
        <translation>Nom sur la boîte</translation>
    </message>
    <message>
        <source>Save  Enter</source>
        <translation>Enregistrer  Entrée</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Retour  Échap</translation>
    </message>
    <message>
        <source>It counts for every phone of this model. Other benches get it with the file {0}.</source>
        <translation>Il vaut pour chaque téléphone de ce modèle. D&apos;autres postes l&apos;obtiennent avec le fichier {0}.</translation>
    </message>
    <message>
        <source>Model code: {0}</source>
        <translation>Code modèle : {0}</translation>
    </message>
    <message>
        <source>Name this colour</source>
        <translation>Nommer cette couleur</translation>
    </message>
    <message>
        <source>Name of the colour</source>
        <translation>Nom de la couleur</translation>
    </message>
    <message>
        <source>It counts for every phone of this model with this colour code. Other benches get it with the file {0}.</source>
        <translation>Il vaut pour tous les téléphones de ce modèle avec ce code de couleur. Les autres postes l&apos;obtiennent avec le fichier {0}.</translation>
    </message>
    <message>
        <source>Codename: {0}</source>
        <translation>Nom de code : {0}</translation>
    </message>
</context>
<context>
    <name>NextActionBar</name>
    <message>
        <source>Next action</source>
        <translation>Prochaine action</translation>
    </message>
    <message>
        <source>Do it  F4</source>
        <translation>Le faire  F4</translation>
    </message>
    <message>
        <source>No phone can be seen: services are missing</source>
        <translation>Aucun téléphone n&apos;est visible : des services manquent</translation>
    </message>
    <message>
        <source>Ask again  F4</source>
        <translation>Redemander  F4</translation>
    </message>
    <message>
        <source>Show  F4</source>
        <translation>Montrer  F4</translation>
    </message>
</context>
<context>
    <name>NumberSheet</name>
    <message>
        <source>Number the slots</source>
        <translation>Numéroter les places</translation>
    </message>
    <message>
        <source>Yes  Enter</source>
        <translation>Oui  Entrée</translation>
    </message>
    <message>
        <source>No  Backspace</source>
        <translation>Non  Retour arrière</translation>
    </message>
    <message>
        <source>Back  ←</source>
        <translation>Précédente  ←</translation>
    </message>
    <message>
        <source>Skip  →</source>
        <translation>Sauter  →</translation>
    </message>
    <message>
        <source>Other face  ↑</source>
        <translation>Autre face  ↑</translation>
    </message>
    <message>
        <source>Take back  ↓</source>
        <translation>Annuler le dernier  ↓</translation>
    </message>
    <message>
        <source>Done  Esc</source>
        <translation>Terminé  Échap</translation>
    </message>
    <message>
        <source>A phone is in it already? Pull it out, count to three, and plug it in again. Or type a number to go on there.</source>
        <translation>Un téléphone y est déjà ? Débranchez-le, comptez jusqu&apos;à trois et rebranchez-le. Ou tapez un numéro pour continuer là.</translation>
    </message>
    <message>
        <source>Does one slot show up twice, once with a USB 2 and once with a USB 3 cable? Press “Other face” right after it was learnt.</source>
        <translation>Une place apparaît deux fois, une avec un câble USB 2 et une avec un câble USB 3 ? Appuyez sur « Autre face » juste après l&apos;avoir apprise.</translation>
    </message>
    <message>
        <source>No other face  ↓</source>
        <translation>Pas d&apos;autre face  ↓</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>NumbersPage</name>
    <message>
        <source>All numbers</source>
        <translation>Tous les chiffres</translation>
    </message>
    <message>
        <source>Backtest</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>The price, step by step</source>
        <translation>Le prix, pas à pas</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>By</source>
        <translation>D&apos;après</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Fois</translation>
    </message>
    <message>
        <source>At</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Bas</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Attendu</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>The curve</source>
        <translation>La courbe</translation>
    </message>
    <message>
        <source>File or feed</source>
        <translation>Fichier ou flux</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Why they are left out</source>
        <translation>Pourquoi elles sont écartées</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>Lignes écartées</translation>
    </message>
    <message>
        <source>No model was trained yet, so nothing was tried.</source>
        <translation>Aucun modèle n&apos;a encore été entraîné, rien n&apos;a donc été essayé.</translation>
    </message>
    <message>
        <source>No row is left out.</source>
        <translation>Aucune ligne n&apos;est écartée.</translation>
    </message>
    <message>
        <source>Backtest: tried on prices that were left out</source>
        <translation>Essais : sur des prix mis de côté</translation>
    </message>
    <message>
        <source>The curve as rows</source>
        <translation>La courbe en lignes</translation>
    </message>
    <message>
        <source>The price, step by step: {0}</source>
        <translation>Le prix, pas à pas : {0}</translation>
    </message>
    <message>
        <source>Expected price</source>
        <translation>Prix attendu</translation>
    </message>
</context>
<context>
    <name>Outline</name>
    <message>
        <source>Outline of the device</source>
        <translation>Silhouette de l&apos;appareil</translation>
    </message>
    <message>
        <source>Outline of the device, nothing marked</source>
        <translation>Silhouette de l&apos;appareil, rien de marqué</translation>
    </message>
    <message>
        <source>Outline of the device: {0}</source>
        <translation>Silhouette de l&apos;appareil : {0}</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>done</source>
        <translation>faite</translation>
    </message>
    <message>
        <source>open</source>
        <translation>à faire</translation>
    </message>
</context>
<context>
    <name>PhotoHandling</name>
    <message>
        <source>Add photos to this question</source>
        <translation>Ajouter des photos à cette question</translation>
    </message>
    <message>
        <source>This question has no photo. P adds one.</source>
        <translation>Cette question n&apos;a pas de photo. P en ajoute une.</translation>
    </message>
    <message>
        <source>The folder {0} is watched no more.</source>
        <translation>Le dossier {0} n&apos;est plus surveillé.</translation>
    </message>
    <message>
        <source>Folder that a phone or scanner fills</source>
        <translation>Dossier qu&apos;un téléphone ou un scanner remplit</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>New photos in {0} wait under the open question; P takes them.</source>
        <translation>Les nouvelles photos de {0} attendent sous la question ouverte ; P les prend.</translation>
    </message>
    <message>
        <source>1 photo missing</source>
        <translation>1 photo manquante</translation>
    </message>
    <message>
        <source>{0} photos missing</source>
        <translation>{0} photos manquantes</translation>
    </message>
    <message>
        <source>{0}: go to the question</source>
        <translation>{0} : aller à la question</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>P   Photo</source>
        <translation>P   Photo</translation>
    </message>
    <message>
        <source>P   Take the new one</source>
        <translation>P   Prendre la nouvelle</translation>
    </message>
    <message>
        <source>{0} being added</source>
        <translation>{0} en cours d&apos;ajout</translation>
    </message>
    <message>
        <source>{0} new in the watched folder</source>
        <translation>{0} dans le dossier surveillé</translation>
    </message>
    <message>
        <source>✓ photo taken</source>
        <translation>✓ photo prise</translation>
    </message>
    <message>
        <source>! photo needed: this answer sets the grade</source>
        <translation>! photo nécessaire : cette réponse fixe le grade</translation>
    </message>
    <message>
        <source>! photo needed: fair or worse</source>
        <translation>! photo nécessaire : correct ou moins bien</translation>
    </message>
    <message>
        <source>{0} more photos</source>
        <translation>{0} photos de plus</translation>
    </message>
    <message>
        <source>Photo {0}: {1}</source>
        <translation>Photo {0} : {1}</translation>
    </message>
    <message>
        <source>New photo {0}: take it for this question</source>
        <translation>Nouvelle photo {0} : la prendre pour cette question</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Photo précédente</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Photo suivante</translation>
    </message>
    <message>
        <source>Take away  Del</source>
        <translation>Retirer  Suppr</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>Photo {0} of {1}</source>
        <translation>Photo {0} sur {1}</translation>
    </message>
</context>
<context>
    <name>PricePlot</name>
    <message>
        <source>Prices</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>age in years</source>
        <translation>âge en années</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd&apos;hui</translation>
    </message>
</context>
<context>
    <name>PricesWindow</name>
    <message>
        <source>Prices</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>What it is worth</source>
        <translation>Ce qu&apos;il vaut</translation>
    </message>
    <message>
        <source>What it is worth  Alt+1</source>
        <translation>Ce qu&apos;il vaut  Alt+1</translation>
    </message>
    <message>
        <source>All numbers  Alt+2</source>
        <translation>Tous les chiffres  Alt+2</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>Load prices</source>
        <translation>Charger des prix</translation>
    </message>
    <message>
        <source>Save an example file</source>
        <translation>Enregistrer un fichier d&apos;exemple</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Voir dans&#xa0;:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>Fichiers de &amp;type&#xa0;:</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>not saved yet</source>
        <translation>pas encore enregistré</translation>
    </message>
    <message>
        <source>Nobody has answered this by hand yet.</source>
        <translation>Personne n&apos;y a encore répondu à la main.</translation>
    </message>
    <message>
        <source>! {0} not taken; {1} stays</source>
        <translation>! {0} refusé ; {1} reste</translation>
    </message>
    <message>
        <source>! {0} not taken</source>
        <translation>! {0} refusé</translation>
    </message>
    <message>
        <source>? not checked</source>
        <translation>? non vérifié</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>facultative</translation>
    </message>
    <message>
        <source>open</source>
        <translation>à faire</translation>
    </message>
</context>
<context>
    <name>QuotePanel</name>
    <message>
        <source>Quote</source>
        <translation>Devis</translation>
    </message>
    <message>
        <source>Expected resale price</source>
        <translation>Prix de revente attendu</translation>
    </message>
    <message>
        <source>From the resale price to the offer</source>
        <translation>Du prix de revente à l&apos;offre</translation>
    </message>
    <message>
        <source>How the resale price comes about</source>
        <translation>Comment se forme le prix de revente</translation>
    </message>
    <message>
        <source>Grade and offer</source>
        <translation>Grade et offre</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Enregistrer en PDF</translation>
    </message>
    <message>
        <source>Start a new inspection  Ctrl+N</source>
        <translation>Nouvelle inspection  Ctrl+N</translation>
    </message>
    <message>
        <source>Open the paper</source>
        <translation>Ouvrir le document</translation>
    </message>
    <message>
        <source>Decline  Ctrl+D</source>
        <translation>Refuser  Ctrl+D</translation>
    </message>
    <message>
        <source>Pricing …</source>
        <translation>Calcul du prix …</translation>
    </message>
    <message>
        <source>Bought {0}</source>
        <translation>Acheté {0}</translation>
    </message>
    <message>
        <source>Accept  Ctrl+Enter</source>
        <translation>Accepter  Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Price it  Ctrl+Enter</source>
        <translation>Calculer  Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Check what is open  Ctrl+Enter</source>
        <translation>Vérifier le reste  Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Record its sale  Ctrl+Shift+S</source>
        <translation>Enregistrer sa vente  Ctrl+Maj+S</translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message>
        <source>Range of the resale price</source>
        <translation>Fourchette du prix de revente</translation>
    </message>
</context>
<context>
    <name>ReadingPanel</name>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Read again  F5</source>
        <translation>Relire  F5</translation>
    </message>
    <message>
        <source>Ask again  F5</source>
        <translation>Redemander  F5</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>Toutes les valeurs</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Ce qui a été lu</translation>
    </message>
    <message>
        <source>Hide IMEI  Ctrl+I</source>
        <translation>Masquer l&apos;IMEI  Ctrl+I</translation>
    </message>
    <message>
        <source>Show IMEI  Ctrl+I</source>
        <translation>Voir l&apos;IMEI  Ctrl+I</translation>
    </message>
</context>
<context>
    <name>ReferencePhotos</name>
    <message>
        <source>Photos of the reference</source>
        <translation>Photos de la référence</translation>
    </message>
    <message>
        <source>Photo {0} of {1}</source>
        <translation>Photo {0} sur {1}</translation>
    </message>
    <message>
        <source>Not in this shop: {0} of {1}.</source>
        <translation>Absentes de cette boutique : {0} sur {1}.</translation>
    </message>
</context>
<context>
    <name>RoundPage</name>
    <message>
        <source>Round</source>
        <translation>Passage</translation>
    </message>
    <message>
        <source>Leave; go on later  Esc</source>
        <translation>Quitter, reprendre plus tard  Échap</translation>
    </message>
    <message>
        <source>{0} · {1} · graded by {2}</source>
        <translation>{0} · {1} · évalué par {2}</translation>
    </message>
    <message>
        <source>{0} answered · {1} open</source>
        <translation>{0} répondues · {1} ouvertes</translation>
    </message>
    <message>
        <source>{0} · {1} not saved yet, tried again</source>
        <translation>{0} · {1} pas encore enregistrées, nouvel essai</translation>
    </message>
    <message>
        <source>Finish with open questions  Ctrl+Enter</source>
        <translation>Terminer avec des questions ouvertes  Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Finish  Ctrl+Enter</source>
        <translation>Terminer  Ctrl+Entrée</translation>
    </message>
</context>
<context>
    <name>SaleSheet</name>
    <message>
        <source>Record a sale</source>
        <translation>Enregistrer une vente</translation>
    </message>
    <message>
        <source>IMEI or serial number</source>
        <translation>IMEI ou numéro de série</translation>
    </message>
    <message>
        <source>Sold for</source>
        <translation>Vendu</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Monnaie</translation>
    </message>
    <message>
        <source>Day of the sale</source>
        <translation>Jour de la vente</translation>
    </message>
    <message>
        <source>Where (may stay empty)</source>
        <translation>Où (peut rester vide)</translation>
    </message>
    <message>
        <source>Save  Enter</source>
        <translation>Enregistrer  Entrée</translation>
    </message>
    <message>
        <source>It was not sold after all</source>
        <translation>Finalement pas vendu</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>Retour  Échap</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Something went wrong in this program. Every answer so far is saved.</source>
        <translation>Une erreur s&apos;est produite dans ce programme. Toutes les réponses sont enregistrées.</translation>
    </message>
    <message>
        <source>Go on working. Please send the report; it holds nothing about phones or people.</source>
        <translation>Continuez à travailler. Merci d&apos;envoyer le rapport ; il ne contient rien sur les téléphones ni les personnes.</translation>
    </message>
</context>
<context>
    <name>SidePage</name>
    <message>
        <source>How good prices are</source>
        <translation>Ce que valent les prix</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Train  Ctrl+T</source>
        <translation>Entraîner  Ctrl+T</translation>
    </message>
    <message>
        <source>Cancel the training  Ctrl+Shift+T</source>
        <translation>Annuler l&apos;entraînement  Ctrl+Maj+T</translation>
    </message>
    <message>
        <source>Put the new one in use  Ctrl+Enter</source>
        <translation>Le mettre en service  Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Back to the one before  Alt+←</source>
        <translation>Revenir au précédent  Alt+←</translation>
    </message>
    <message>
        <source>Load files…  Ctrl+O</source>
        <translation>Charger des fichiers…  Ctrl+O</translation>
    </message>
    <message>
        <source>Cancel fetching  Ctrl+Shift+R</source>
        <translation>Annuler le téléchargement  Ctrl+Maj+R</translation>
    </message>
    <message>
        <source>Try again  F5</source>
        <translation>Réessayer  F5</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>A range should hold 80 of 100 prices.</source>
        <translation>Une fourchette doit contenir 80 prix sur 100.</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>Ce que vaut le modèle</translation>
    </message>
    <message>
        <source>Your sales against your quotes</source>
        <translation>Vos ventes face à vos devis</translation>
    </message>
    <message>
        <source>Fetch now  Ctrl+R</source>
        <translation>Télécharger  Ctrl+R</translation>
    </message>
    <message>
        <source>Feeds of prices and exchange rates, over the network</source>
        <translation>Les flux de prix et les taux de change, par le réseau</translation>
    </message>
    <message>
        <source>Save an example file…</source>
        <translation>Enregistrer un exemple…</translation>
    </message>
    <message>
        <source>The data</source>
        <translation>Les données</translation>
    </message>
    <message>
        <source>Prices are being looked through.</source>
        <translation>Les prix sont en cours d&apos;examen.</translation>
    </message>
    <message>
        <source>What stands below is from before.</source>
        <translation>Ce qui suit date d&apos;avant.</translation>
    </message>
    <message>
        <source>Back to the published curves  Alt+←</source>
        <translation>Revenir aux courbes publiées  Alt+←</translation>
    </message>
    <message>
        <source>Take out {0}</source>
        <translation>Retirer {0}</translation>
    </message>
</context>
<context>
    <name>SlotsSheet</name>
    <message>
        <source>All slots</source>
        <translation>Toutes les places</translation>
    </message>
    <message>
        <source>Number the slots  Shift+F11</source>
        <translation>Numéroter les places  Maj+F11</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>Enter or a double click goes to a slot, Delete takes its number away.</source>
        <translation>Entrée ou un double clic va à une place, Suppr lui retire son numéro.</translation>
    </message>
    <message>
        <source>Sort by number  L</source>
        <translation>Trier par numéro  L</translation>
    </message>
    <message>
        <source>Sort by losses  L</source>
        <translation>Trier par pertes  L</translation>
    </message>
</context>
<context>
    <name>StandardsSheet</name>
    <message>
        <source>One phone, every standard</source>
        <translation>Un téléphone, tous les standards</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>Fermer  Échap</translation>
    </message>
    <message>
        <source>Nothing changes by looking: the phone keeps the grade that it has.</source>
        <translation>Regarder ne change rien : le téléphone garde son grade.</translation>
    </message>
    <message>
        <source>nothing lowers it</source>
        <translation>rien ne l&apos;abaisse</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Reference phones</source>
        <translation>Téléphones de référence</translation>
    </message>
    <message>
        <source>Grader</source>
        <translation>Évaluateur</translation>
    </message>
    <message>
        <source>Sticker</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Scan or type the code</source>
        <translation>Scannez ou tapez le code</translation>
    </message>
    <message>
        <source>Begin or go on  Enter</source>
        <translation>Commencer ou reprendre  Entrée</translation>
    </message>
    <message>
        <source>Who grades, and which reference phone?</source>
        <translation>Qui évalue, et quel téléphone de référence ?</translation>
    </message>
    <message>
        <source>You answer without seeing what holds for the phone, or what others answered; both are shown at the end.</source>
        <translation>Vous répondez sans voir ce qui vaut pour le téléphone ni ce que d&apos;autres ont répondu ; les deux sont montrés à la fin.</translation>
    </message>
    <message>
        <source>Import a set…  Ctrl+O</source>
        <translation>Importer un jeu…  Ctrl+O</translation>
    </message>
    <message>
        <source>Export its set…  Ctrl+S</source>
        <translation>Exporter son jeu…  Ctrl+S</translation>
    </message>
    <message>
        <source>Practice set  Ctrl+P</source>
        <translation>Jeu d&apos;exercice  Ctrl+P</translation>
    </message>
    <message>
        <source>Shown phone as reference…  Ctrl+T</source>
        <translation>Téléphone affiché comme référence…  Ctrl+T</translation>
    </message>
    <message>
        <source>Type the phone&apos;s sticker first.</source>
        <translation>Saisissez d&apos;abord l&apos;étiquette du téléphone.</translation>
    </message>
    <message>
        <source>There is no reference phone yet. Import a set, or try the practice set: Ctrl+P.</source>
        <translation>Il n&apos;y a pas encore de téléphone de référence. Importez un jeu, ou essayez celui d&apos;exercice : Ctrl+P.</translation>
    </message>
</context>
<context>
    <name>StateCard</name>
    <message>
        <source>State of the phone</source>
        <translation>État du téléphone</translation>
    </message>
    <message>
        <source>Ask again  F5</source>
        <translation>Redemander  F5</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Install the rule</source>
        <translation>Installer la règle</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Phones by state</source>
        <translation>Téléphones par état</translation>
    </message>
    <message>
        <source>No phone plugged in</source>
        <translation>Aucun téléphone branché</translation>
    </message>
    <message>
        <source>All of these are counted under “{0}”. Those in brackets ask for something else besides.</source>
        <translation>Tous sont comptés sous « {0} ». Ceux entre parenthèses demandent encore autre chose.</translation>
    </message>
</context>
<context>
    <name>StepperPlace</name>
    <message>
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
</context>
<context>
    <name>StepperView</name>
    <message>
        <source>Steps to let this computer in</source>
        <translation>Étapes pour autoriser cet ordinateur</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>Toutes les étapes</translation>
    </message>
    <message>
        <source>What is seen of the phone</source>
        <translation>Ce que l&apos;on voit du téléphone</translation>
    </message>
    <message>
        <source>Go on by hand</source>
        <translation>Continuer à la main</translation>
    </message>
    <message>
        <source>Nothing changed for {0} s: try the next step.</source>
        <translation>Rien n&apos;a changé depuis {0} s : essayez l&apos;étape suivante.</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>That did not help</source>
        <translation>Sans effet</translation>
    </message>
</context>
<context>
    <name>TakeBar</name>
    <message>
        <source>Phone as reference</source>
        <translation>Téléphone comme référence</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Jeu</translation>
    </message>
    <message>
        <source>Sticker</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Take it  Enter</source>
        <translation>Le prendre  Entrée</translation>
    </message>
    <message>
        <source>{0} as a reference phone</source>
        <translation>{0} comme téléphone de référence</translation>
    </message>
    <message>
        <source>type it first</source>
        <translation>à saisir d&apos;abord</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
    </message>
</context>
<context>
    <name>TrainerRow</name>
    <message>
        <source>Plug in</source>
        <translation>Brancher</translation>
    </message>
    <message>
        <source>Pull out</source>
        <translation>Débrancher</translation>
    </message>
    <message>
        <source>Tap Trust</source>
        <translation>« Se fier »</translation>
    </message>
    <message>
        <source>Tap Allow</source>
        <translation>« Autoriser »</translation>
    </message>
    <message>
        <source>Don&apos;t trust</source>
        <translation>Ne pas se fier</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Déverrouiller</translation>
    </message>
    <message>
        <source>Practise…</source>
        <translation>S&apos;exercer à…</translation>
    </message>
    <message>
        <source>Mode…</source>
        <translation>Mode…</translation>
    </message>
    <message>
        <source>trusts this computer</source>
        <translation>se fie à cet ordinateur</translation>
    </message>
    <message>
        <source>asks for trust</source>
        <translation>demande confiance</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>a refusé</translation>
    </message>
    <message>
        <source>no trust yet</source>
        <translation>pas encore fiable</translation>
    </message>
    <message>
        <source>not plugged in</source>
        <translation>non branché</translation>
    </message>
    <message>
        <source>{0}, locked</source>
        <translation>{0}, verrouillé</translation>
    </message>
</context>
<context>
    <name>TrainerWindow</name>
    <message>
        <source>You are the customer: plug phones in and tap what the phone asks.</source>
        <translation>Vous êtes le client : branchez des téléphones et touchez ce que le téléphone demande.</translation>
    </message>
    <message>
        <source>The iPhone service…</source>
        <translation>Le service iPhone…</translation>
    </message>
    <message>
        <source>The adb server…</source>
        <translation>Le serveur adb…</translation>
    </message>
    <message>
        <source>Slot {0}</source>
        <translation>Place {0}</translation>
    </message>
    <message>
        <source>Practice phones</source>
        <translation>Téléphones d&apos;exercice</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>View  F10</source>
        <translation>Affichage  F10</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Calibration…  Ctrl+Shift+C</source>
        <translation>Étalonnage…  Ctrl+Maj+C</translation>
    </message>
    <message>
        <source>Prices…  Ctrl+Shift+P</source>
        <translation>Prix…  Ctrl+Maj+P</translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation>Couleurs du système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
</context>
<context>
    <name>Worth</name>
    <message>
        <source>What it is worth</source>
        <translation>Ce qu&apos;il vaut</translation>
    </message>
    <message>
        <source>The prices are being looked through…</source>
        <translation>Les prix sont en cours de lecture…</translation>
    </message>
    <message>
        <source>Which health of the battery the price assumes; again for another</source>
        <translation>L&apos;état de batterie que suppose le prix ; encore pour un autre</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>sold by others</source>
        <translation>vendus par d&apos;autres</translation>
    </message>
    <message>
        <source>your sales</source>
        <translation>vos ventes</translation>
    </message>
    <message>
        <source>asked in the market</source>
        <translation>demandé sur le marché</translation>
    </message>
    <message>
        <source>← → walk along</source>
        <translation>← → parcourir</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>The price is being worked out…</source>
        <translation>Le prix est en cours de calcul…</translation>
    </message>
    <message>
        <source>Battery {0} %  Ctrl+E</source>
        <translation>Batterie {0} %  Ctrl+E</translation>
    </message>
</context>
<context>
    <name>cables</name>
    <message>
        <source>short circuit</source>
        <translation>court-circuit</translation>
    </message>
    <message>
        <source>re-seat the cable</source>
        <translation>rebrancher le câble</translation>
    </message>
    <message>
        <source>loose contact</source>
        <translation>faux contact</translation>
    </message>
    <message>
        <source>restarts by itself</source>
        <translation>redémarre tout seul</translation>
    </message>
    <message>
        <source>not enough power</source>
        <translation>pas assez de courant</translation>
    </message>
    <message>
        <source>lost {times} times today</source>
        <translation>perdu {times} fois aujourd&apos;hui</translation>
    </message>
    <message>
        <source>bad cable</source>
        <translation>mauvais câble</translation>
    </message>
    <message>
        <source>USB 2 cable</source>
        <translation>câble USB 2</translation>
    </message>
</context>
<context>
    <name>calibration</name>
    <message>
        <source>This reference was revised since you began.</source>
        <translation>Cette référence a été révisée depuis que vous avez commencé.</translation>
    </message>
    <message>
        <source>Your round is held against the version that it began with.</source>
        <translation>Votre passage est comparé à la version avec laquelle il a commencé.</translation>
    </message>
    <message>
        <source>{0} is a reference phone now: {1}.</source>
        <translation>{0} est maintenant un téléphone de référence : {1}.</translation>
    </message>
    <message>
        <source>Put the sticker on it. IMEI and serial number were left out.</source>
        <translation>Collez-y l&apos;étiquette. L&apos;IMEI et le numéro de série ont été laissés de côté.</translation>
    </message>
    <message>
        <source>The file is written.</source>
        <translation>Le fichier est écrit.</translation>
    </message>
    <message>
        <source>The database is not open yet. Try again in a moment.</source>
        <translation>La base de données n&apos;est pas encore ouverte. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}.</source>
        <translation>{0} ne peut pas être écrit : {1}.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Choisissez un autre endroit.</translation>
    </message>
    <message>
        <source>Sticker</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Jeu</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminés</translation>
    </message>
    <message>
        <source>Left half by</source>
        <translation>Laissé à moitié par</translation>
    </message>
    <message>
        <source>Set {0}: {1} new, {2} revised, {3} as they were.</source>
        <translation>Jeu {0} : {1} nouveaux, {2} révisés, {3} inchangés.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvé</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>{0} of {1} answers agree, {2} within one step</source>
        <translation>{0} réponses sur {1} concordent, {2} à un cran près</translation>
    </message>
    <message>
        <source>The same grade: {0}</source>
        <translation>Le même grade : {0}</translation>
    </message>
    <message>
        <source>Another grade: {1} instead of {0}</source>
        <translation>Un autre grade : {1} au lieu de {0}</translation>
    </message>
    <message>
        <source>{0} not answered</source>
        <translation>{0} sans réponse</translation>
    </message>
    <message>
        <source>{0} not asked again, for they follow from others</source>
        <translation>{0} non reposées, car elles découlent d&apos;autres</translation>
    </message>
    <message>
        <source>✓ same</source>
        <translation>✓ identique</translation>
    </message>
    <message>
        <source>? not answered</source>
        <translation>? pas de réponse</translation>
    </message>
    <message>
        <source>? follows from another answer</source>
        <translation>? suit d&apos;une autre réponse</translation>
    </message>
    <message>
        <source>! one step too bad</source>
        <translation>! un cran trop sévère</translation>
    </message>
    <message>
        <source>! one step too good</source>
        <translation>! un cran trop indulgent</translation>
    </message>
    <message>
        <source>✗ more than one step too bad</source>
        <translation>✗ plus d&apos;un cran trop sévère</translation>
    </message>
    <message>
        <source>✗ more than one step too good</source>
        <translation>✗ plus d&apos;un cran trop indulgent</translation>
    </message>
    <message>
        <source>✗ changes it</source>
        <translation>✗ le change</translation>
    </message>
    <message>
        <source>does not change it</source>
        <translation>ne le change pas</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>D&apos;accord</translation>
    </message>
    <message>
        <source>Within one step</source>
        <translation>À un cran près</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Au fil du temps</translation>
    </message>
    <message>
        <source>{0} of {1}, too few</source>
        <translation>{0} sur {1}, trop peu</translation>
    </message>
    <message>
        <source>{0} % ({1} of {2})</source>
        <translation>{0} % ({1} sur {2})</translation>
    </message>
</context>
<context>
    <name>checklist</name>
    <message>
        <source>Stopped. Ctrl+Z takes the answer back.</source>
        <translation>Arrêté. Ctrl+Z annule la réponse.</translation>
    </message>
    <message>
        <source>This question has {0} answers.</source>
        <translation>Cette question a {0} réponses.</translation>
    </message>
    <message>
        <source>{0} %? Enter again to keep it.</source>
        <translation>{0}&#xa0;%&#xa0;? Entrée encore une fois pour le garder.</translation>
    </message>
    <message>
        <source>{0} %? The cable says {1} %. Enter again to keep it.</source>
        <translation>{0}&#xa0;%&#xa0;? Le câble dit {1}&#xa0;%. Entrée encore une fois pour le garder.</translation>
    </message>
    <message>
        <source>The phone says: {0}. If that changes on the phone, read it again: F5.</source>
        <translation>Le téléphone dit&#xa0;: {0}. Si cela change sur le téléphone, relisez-le&#xa0;: F5.</translation>
    </message>
    <message>
        <source>C answered the rest of page {0}; what was found there stays.</source>
        <translation>C a répondu au reste de la page {0} ; ce qui y a été trouvé reste.</translation>
    </message>
    <message>
        <source>{0} cannot be: type a percent from {1} to {2}.</source>
        <translation>{0} est impossible : tapez un pourcentage de {1} à {2}.</translation>
    </message>
    <message>
        <source>C takes no defect back: D, then Del, removes a mark.</source>
        <translation>C n&apos;annule aucun défaut : D, puis Suppr, enlève une marque.</translation>
    </message>
    <message>
        <source>C has nothing left to answer on this page.</source>
        <translation>C n&apos;a plus rien à répondre sur cette page.</translation>
    </message>
    <message>
        <source>C answers pages {0}; here each answer has to be given.</source>
        <translation>C répond aux pages {0} ; ici, chaque réponse se donne une à une.</translation>
    </message>
    <message>
        <source>Nothing is left to undo.</source>
        <translation>Il n&apos;y a plus rien à annuler.</translation>
    </message>
    <message>
        <source>Nothing is left to redo.</source>
        <translation>Il n&apos;y a plus rien à rétablir.</translation>
    </message>
    <message>
        <source>Nothing is open any more.</source>
        <translation>Plus rien n&apos;est ouvert.</translation>
    </message>
    <message>
        <source>Page {0} done. Ctrl+Z goes back.</source>
        <translation>Page {0} faite. Ctrl+Z revient.</translation>
    </message>
    <message>
        <source>from the cable, {0}</source>
        <translation>par le câble, {0}</translation>
    </message>
    <message>
        <source>from the cable</source>
        <translation>par le câble</translation>
    </message>
    <message>
        <source>marked: {0}</source>
        <translation>marqué : {0}</translation>
    </message>
    <message>
        <source>! The marks say otherwise: {0}</source>
        <translation>! Les marques disent autre chose : {0}</translation>
    </message>
    <message>
        <source>! It was answered: {0}. The mark counts until it is removed (D, then Del).</source>
        <translation>! Réponse donnée : {0}. La marque compte tant qu&apos;elle n&apos;est pas enlevée (D, puis Suppr).</translation>
    </message>
    <message>
        <source>! It was answered before: {0}. The cable proved worse.</source>
        <translation>! Répondu auparavant : {0}. Le câble a prouvé moins bien.</translation>
    </message>
    <message>
        <source>! USB shows a sign of the lock. Try a card of another carrier, then read the phone again.</source>
        <translation>! L&apos;USB montre un signe du verrou. Essayez la carte d&apos;un autre opérateur, puis relisez le téléphone.</translation>
    </message>
    <message>
        <source>Remove the mark first: D, then Del. Marked: {0}.</source>
        <translation>Enlevez d&apos;abord la marque : D, puis Suppr. Marqué : {0}.</translation>
    </message>
    <message>
        <source>The phone says: {0}. {1}, then read it again: F5.</source>
        <translation>Le téléphone dit : {0}. {1}, puis relisez-le : F5.</translation>
    </message>
    <message>
        <source>The marks answer this: take them from the outline (D).</source>
        <translation>Les marques y répondent : retirez-les de la silhouette (D).</translation>
    </message>
    <message>
        <source>The cable answers this: it can be made worse, not cleared.</source>
        <translation>Le câble y répond : cela peut être baissé, pas effacé.</translation>
    </message>
    <message>
        <source>up to {0} mm</source>
        <translation>{0} mm au plus</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouverte</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l&apos;instant</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>redone</source>
        <translation>rétabli</translation>
    </message>
    <message>
        <source>Undone: {0}.</source>
        <translation>Annulé : {0}.</translation>
    </message>
    <message>
        <source>Redone: {0}.</source>
        <translation>Rétabli : {0}.</translation>
    </message>
    <message>
        <source>{0} answers</source>
        <translation>{0} réponses</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
</context>
<context>
    <name>closing</name>
    <message>
        <source>Declined {0}</source>
        <translation>Refusé le {0}</translation>
    </message>
    <message>
        <source>Bought {0} for {1}</source>
        <translation>Acheté le {0} pour {1}</translation>
    </message>
    <message>
        <source>No paper was saved yet.</source>
        <translation>Aucun document n&apos;a encore été enregistré.</translation>
    </message>
    <message>
        <source>The paper is not there any more.</source>
        <translation>Le document n&apos;est plus là.</translation>
    </message>
    <message>
        <source>The customer&apos;s paper</source>
        <translation>Le document du client</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>Batterie</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Verrous</translation>
    </message>
    <message>
        <source>Health over USB</source>
        <translation>État par USB</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>vu</translation>
    </message>
    <message>
        <source>Typed by {0}, {1}. It counts before what the cable says.</source>
        <translation>Tapé par {0}, {1}. Cela prime sur ce que dit le câble.</translation>
    </message>
    <message>
        <source>being read…</source>
        <translation>lecture en cours…</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>non lu</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0} : {1}</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Fabricant</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Model code</source>
        <translation>Code modèle</translation>
    </message>
    <message>
        <source>A-number</source>
        <translation>Numéro A</translation>
    </message>
    <message>
        <source>Part number</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Sold as</source>
        <translation>Vendu comme</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>IMEI</source>
        <translation>IMEI</translation>
    </message>
    <message>
        <source>IMEI 2</source>
        <translation>IMEI 2</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>N° de série</translation>
    </message>
    <message>
        <source>UDID</source>
        <translation>UDID</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Build</translation>
    </message>
    <message>
        <source>Parts history</source>
        <translation>Pièces</translation>
    </message>
    <message>
        <source>Size on the box</source>
        <translation>Capacité</translation>
    </message>
    <message>
        <source>Free, about</source>
        <translation>Libre, environ</translation>
    </message>
    <message>
        <source>Memory (RAM)</source>
        <translation>Mémoire vive</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Fabriquée le</translation>
    </message>
    <message>
        <source>First used on</source>
        <translation>Utilisée depuis le</translation>
    </message>
    <message>
        <source>Managed by</source>
        <translation>Géré par</translation>
    </message>
    <message>
        <source>Supervised</source>
        <translation>Supervisé</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>Carte SIM</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Charge cycles</source>
        <translation>Cycles</translation>
    </message>
    <message>
        <source>Full capacity</source>
        <translation>Capacité pleine</translation>
    </message>
    <message>
        <source>Design capacity</source>
        <translation>Capacité d&apos;origine</translation>
    </message>
    <message>
        <source>Charge level</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>saisi</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exact</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>estimé</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>indice</translation>
    </message>
    <message>
        <source>not trusted</source>
        <translation>non fiable</translation>
    </message>
    <message>
        <source>{0}: look on the phone →</source>
        <translation>{0} : voir sur l&apos;appareil →</translation>
    </message>
    <message>
        <source>also {0}</source>
        <translation>aussi {0}</translation>
    </message>
    <message>
        <source>not believed: {0}</source>
        <translation>non crus : {0}</translation>
    </message>
</context>
<context>
    <name>grade</name>
    <message>
        <source>{0} questions open</source>
        <translation>{0} questions ouvertes</translation>
    </message>
    <message>
        <source>1 question open</source>
        <translation>1 question ouverte</translation>
    </message>
    <message>
        <source>No grade yet</source>
        <translation>Pas encore de grade</translation>
    </message>
    <message>
        <source>So far at best {0}</source>
        <translation>Au mieux, pour l&apos;instant : {0}</translation>
    </message>
    <message>
        <source>Nothing alone: all of the above would have to be better</source>
        <translation>Rien à soi seul : tout ce qui précède devrait être meilleur</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Show the keys</source>
        <translation>Voir les touches</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Chercher une commande</translation>
    </message>
    <message>
        <source>Next phone that needs you</source>
        <translation>Téléphone suivant à traiter</translation>
    </message>
    <message>
        <source>Previous phone that needs you</source>
        <translation>Téléphone précédent à traiter</translation>
    </message>
    <message>
        <source>Do the next action in the bar</source>
        <translation>Faire la prochaine action de la barre</translation>
    </message>
    <message>
        <source>Read this phone again</source>
        <translation>Relire ce téléphone</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Panneau suivant</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Panneau précédent</translation>
    </message>
    <message>
        <source>Name a model or a colour that is not known</source>
        <translation>Nommer un modèle ou une couleur inconnus</translation>
    </message>
    <message>
        <source>Practice phones, while you practise</source>
        <translation>Téléphones d&apos;exercice, pendant l&apos;entraînement</translation>
    </message>
    <message>
        <source>Pages 1 to 9 of the checklist</source>
        <translation>Pages 1 à 9 de la liste</translation>
    </message>
    <message>
        <source>Show or hide IMEI and serial number</source>
        <translation>Voir ou masquer l&apos;IMEI et le n° de série</translation>
    </message>
    <message>
        <source>USB debugging: that step did not help</source>
        <translation>Débogage USB : cette étape n&apos;a pas suffi</translation>
    </message>
    <message>
        <source>View: colours and language</source>
        <translation>Affichage : couleurs et langue</translation>
    </message>
    <message>
        <source>Undo the last judgement</source>
        <translation>Annuler le dernier jugement</translation>
    </message>
    <message>
        <source>Close the bar</source>
        <translation>Fermer la barre</translation>
    </message>
    <message>
        <source>Slots 1 to 10</source>
        <translation>Places 1 à 10</translation>
    </message>
    <message>
        <source>Go to any slot by its number</source>
        <translation>Aller à une place par son numéro</translation>
    </message>
    <message>
        <source>All slots, and how often each lost its phone</source>
        <translation>Toutes les places, et combien de fois chacune a perdu son téléphone</translation>
    </message>
    <message>
        <source>Number the slots</source>
        <translation>Numéroter les places</translation>
    </message>
    <message>
        <source>Calibration: re-grade reference phones</source>
        <translation>Étalonnage : réévaluer les téléphones de référence</translation>
    </message>
    <message>
        <source>Prices: what a phone is worth, and how good that is</source>
        <translation>Prix : ce que vaut un téléphone, et à quel point c&apos;est sûr</translation>
    </message>
    <message>
        <source>Add a photo to the open question</source>
        <translation>Ajouter une photo à la question ouverte</translation>
    </message>
    <message>
        <source>Show the photos of this question</source>
        <translation>Montrer les photos de cette question</translation>
    </message>
    <message>
        <source>Take photos from a folder that a phone or scanner fills</source>
        <translation>Prendre les photos d&apos;un dossier qu&apos;un téléphone ou un scanner remplit</translation>
    </message>
    <message>
        <source>Photo with this computer&apos;s camera</source>
        <translation>Photo avec l&apos;appareil de cet ordinateur</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>Rétablir ce qui a été annulé</translation>
    </message>
    <message>
        <source>Type a slot&apos;s number, then Enter</source>
        <translation>Tapez le numéro d&apos;une place, puis Entrée</translation>
    </message>
    <message>
        <source>Previous or next slot</source>
        <translation>Place précédente ou suivante</translation>
    </message>
    <message>
        <source>Answer: 1 is the first and best</source>
        <translation>Répondre : 1 est la première et la meilleure</translation>
    </message>
    <message>
        <source>Not checked; where that is no answer it stays open</source>
        <translation>Non vérifié ; si ce n&apos;est pas une réponse, elle reste ouverte</translation>
    </message>
    <message>
        <source>Previous or next question</source>
        <translation>Question précédente ou suivante</translation>
    </message>
    <message>
        <source>Previous or next page</source>
        <translation>Page précédente ou suivante</translation>
    </message>
    <message>
        <source>Next open question</source>
        <translation>Prochaine question à faire</translation>
    </message>
    <message>
        <source>Clear the answer</source>
        <translation>Effacer la réponse</translation>
    </message>
    <message>
        <source>Clean page: no visible defect</source>
        <translation>Page nette : aucun défaut visible</translation>
    </message>
    <message>
        <source>Mark a defect on the outline: place, kind, severity, size</source>
        <translation>Marquer un défaut sur la silhouette : endroit, type, gravité, taille</translation>
    </message>
    <message>
        <source>While marking: remove a mark (↑ ↓ choose it)</source>
        <translation>En marquant : retirer une marque (↑ ↓ la choisissent)</translation>
    </message>
    <message>
        <source>Who answered this question, and when</source>
        <translation>Qui a répondu à cette question, et quand</translation>
    </message>
    <message>
        <source>Add a photo, or take the new one of the watched folder</source>
        <translation>Ajouter une photo, ou prendre la nouvelle du dossier surveillé</translation>
    </message>
    <message>
        <source>Price, or accept the offer (Enter confirms)</source>
        <translation>Calculer, ou accepter l&apos;offre (Entrée confirme)</translation>
    </message>
    <message>
        <source>Open the paper</source>
        <translation>Ouvrir le document</translation>
    </message>
    <message>
        <source>Start a new inspection</source>
        <translation>Commencer une nouvelle inspection</translation>
    </message>
    <message>
        <source>This phone under other standards</source>
        <translation>Ce téléphone selon d&apos;autres standards</translation>
    </message>
    <message>
        <source>Looked again: the answers are right</source>
        <translation>Revérifié : les réponses sont justes</translation>
    </message>
    <message>
        <source>Decline (Enter confirms)</source>
        <translation>Refuser (Entrée confirme)</translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation>Couleurs du système</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Couleurs claires</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Couleurs sombres</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Maj</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Retour arrière</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Pg préc</translation>
    </message>
    <message>
        <source>PgDn</source>
        <translation>Pg suiv</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Liste de contrôle</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Devis</translation>
    </message>
    <message>
        <source>Record what a bought phone was sold for</source>
        <translation>Enregistrer la vente d&apos;un téléphone acheté</translation>
    </message>
</context>
<context>
    <name>lights</name>
    <message>
        <source>Locks</source>
        <translation>Verrous</translation>
    </message>
    <message>
        <source>clear, as far as the cable tells</source>
        <translation>libre, d&apos;après le câble</translation>
    </message>
    <message>
        <source>not known: {0}</source>
        <translation>non connu : {0}</translation>
    </message>
    <message>
        <source>nothing found otherwise</source>
        <translation>rien trouvé d&apos;autre</translation>
    </message>
    <message>
        <source>as of {0}: {1}</source>
        <translation>lecture de {0} : {1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0} : {1}</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>stop</translation>
    </message>
    <message>
        <source>ask first</source>
        <translation>à vérifier</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>libre</translation>
    </message>
    <message>
        <source>not proved</source>
        <translation>non prouvé</translation>
    </message>
</context>
<context>
    <name>looking</name>
    <message>
        <source>Light {0}–{1} lux</source>
        <translation>Lumière {0}–{1} lux</translation>
    </message>
    <message>
        <source>Screen white, full brightness</source>
        <translation>Écran blanc, luminosité maximale</translation>
    </message>
    <message>
        <source>{0} cm, then {1} cm</source>
        <translation>{0} cm, puis {1} cm</translation>
    </message>
    <message>
        <source>{0} cm</source>
        <translation>{0} cm</translation>
    </message>
    <message>
        <source>tilt {0}–{1}°</source>
        <translation>incliner {0}–{1}°</translation>
    </message>
    <message>
        <source>fingernail</source>
        <translation>ongle</translation>
    </message>
    <message>
        <source>about {0}&#xa0;s</source>
        <translation>environ {0}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>looks</name>
    <message>
        <source>Looked again at {0}: {1}, {2}</source>
        <translation>Revérifié {0} : {1}, {2}</translation>
    </message>
    <message>
        <source>the screen</source>
        <translation>l&apos;écran</translation>
    </message>
    <message>
        <source>the back</source>
        <translation>le dos</translation>
    </message>
    <message>
        <source>the frame</source>
        <translation>le cadre</translation>
    </message>
    <message>
        <source>the cameras</source>
        <translation>les caméras</translation>
    </message>
    <message>
        <source>ports and buttons</source>
        <translation>les prises et boutons</translation>
    </message>
    <message>
        <source>Look again at {0}: {1}.</source>
        <translation>À regarder de nouveau, {0} : {1}.</translation>
    </message>
</context>
<context>
    <name>marking</name>
    <message>
        <source>Which side?</source>
        <translation>Quel côté ?</translation>
    </message>
    <message>
        <source>Where? A digit, or click.</source>
        <translation>Où ? Un chiffre, ou cliquez.</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>De quoi s&apos;agit-il ?</translation>
    </message>
    <message>
        <source>How bad? The digits are those of the question&apos;s answers.</source>
        <translation>De quelle gravité ? Les chiffres sont ceux des réponses à la question.</translation>
    </message>
    <message>
        <source>How large?</source>
        <translation>De quelle taille ?</translation>
    </message>
    <message>
        <source>Large: the number pad. Small: the row of digits.</source>
        <translation>Grand : le pavé numérique. Petit : la rangée de chiffres.</translation>
    </message>
    <message>
        <source>Large: the row of digits. Small: the number pad.</source>
        <translation>Grand : la rangée de chiffres. Petit : le pavé numérique.</translation>
    </message>
    <message>
        <source>Marked: {0}. D marks another.</source>
        <translation>Marqué : {0}. D pour un autre.</translation>
    </message>
</context>
<context>
    <name>naming</name>
    <message>
        <source>Type the name that stands on the box.</source>
        <translation>Tapez le nom qui est sur la boîte.</translation>
    </message>
    <message>
        <source>A name has at most {0} characters; this one has {1}.</source>
        <translation>Un nom a {0} caractères au plus ; celui-ci en a {1}.</translation>
    </message>
    <message>
        <source>Unknown model {0}</source>
        <translation>Modèle inconnu {0}</translation>
    </message>
    <message>
        <source>Unknown colour {0} of {1}</source>
        <translation>Couleur inconnue {0} de {1}</translation>
    </message>
    <message>
        <source>Something in it cannot be shown, or there are two blanks in a row. Type it anew.</source>
        <translation>Un caractère ne peut pas être affiché, ou deux espaces se suivent. Tapez-le de nouveau.</translation>
    </message>
    <message>
        <source>That is the code itself.</source>
        <translation>C&apos;est le code lui-même.</translation>
    </message>
    <message>
        <source>The shared folder cannot be written: the name is kept on this bench, and handed on as soon as it can be.</source>
        <translation>Le dossier partagé n&apos;est pas accessible en écriture : le nom est gardé sur ce poste et transmis dès que possible.</translation>
    </message>
    <message>
        <source>Type the colour&apos;s name, as the maker calls it.</source>
        <translation>Tapez le nom de la couleur, tel que le fabricant l&apos;appelle.</translation>
    </message>
    <message>
        <source>Colour {0} of {1} is {2} from now on.</source>
        <translation>La couleur {0} de {1} s&apos;appelle désormais {2}.</translation>
    </message>
    <message>
        <source>Nothing can be saved yet. Try again in a moment.</source>
        <translation>Rien ne peut encore être enregistré. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{0} is {1} from now on.</source>
        <translation>{0} s&apos;appelle désormais {1}.</translation>
    </message>
</context>
<context>
    <name>next</name>
    <message>
        <source>Slot {0}: {1}</source>
        <translation>Place {0} : {1}</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>This device is asked the questions of another kind: it said too late what it is.</source>
        <translation>Cet appareil reçoit les questions d&apos;un autre type : il a dit trop tard ce qu&apos;il est.</translation>
    </message>
    <message>
        <source>What was answered stays. Decline it and start a new inspection to ask its own.</source>
        <translation>Les réponses restent. Refusez-le et commencez une nouvelle inspection pour poser les siennes.</translation>
    </message>
</context>
<context>
    <name>numbering</name>
    <message>
        <source>This place was slot {0}. Make it slot {1}?</source>
        <translation>C&apos;était la place {0}. En faire la place {1} ?</translation>
    </message>
    <message>
        <source>Plug the other kind of cable into slot {0} now</source>
        <translation>Branchez maintenant l&apos;autre type de câble à la place {0}</translation>
    </message>
    <message>
        <source>Plug a phone into slot {0} now</source>
        <translation>Branchez maintenant un téléphone à la place {0}</translation>
    </message>
    <message>
        <source>The other face of slot {0} is taken back; its first one stays.</source>
        <translation>L&apos;autre face de la place {0} est retirée ; la première reste.</translation>
    </message>
    <message>
        <source>Slot {0} taken back.</source>
        <translation>Place {0} retirée.</translation>
    </message>
    <message>
        <source>{0} phones came at once. Unplug them, and plug in one alone.</source>
        <translation>{0} téléphones sont arrivés en même temps. Débranchez-les et n&apos;en branchez qu&apos;un.</translation>
    </message>
    <message>
        <source>This is slot {0} already.</source>
        <translation>C&apos;est déjà la place {0}.</translation>
    </message>
    <message>
        <source>Slot {0} has {1} in it. One port takes one cable: pull that one first, then try again.</source>
        <translation>La place {0} contient {1}. Un port ne prend qu&apos;un câble : débranchez d&apos;abord celui-là, puis réessayez.</translation>
    </message>
    <message>
        <source>a phone</source>
        <translation>un téléphone</translation>
    </message>
    <message>
        <source>Slot {0} has its other face, too, now.</source>
        <translation>La place {0} a maintenant aussi son autre face.</translation>
    </message>
    <message>
        <source>Slot {0} learnt.</source>
        <translation>Place {0} apprise.</translation>
    </message>
    <message>
        <source>The place that had this number before has none now.</source>
        <translation>La place qui avait ce numéro n&apos;en a plus.</translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message>
        <source>taken {0}</source>
        <translation>prise {0}</translation>
    </message>
    <message>
        <source>added {0}</source>
        <translation>ajoutée {0}</translation>
    </message>
    <message>
        <source>earlier inspection</source>
        <translation>inspection antérieure</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>d&apos;un fichier</translation>
    </message>
    <message>
        <source>from the watched folder</source>
        <translation>du dossier surveillé</translation>
    </message>
    <message>
        <source>from the camera</source>
        <translation>de l&apos;appareil photo</translation>
    </message>
    <message>
        <source>Choose a phone and a question first: a photo belongs to one.</source>
        <translation>Choisissez d&apos;abord un téléphone et une question : une photo en fait partie.</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0} : {1}</translation>
    </message>
    <message>
        <source>The folder of photos {0} cannot be reached; it is looked for each second.</source>
        <translation>Le dossier de photos {0} n&apos;est pas accessible ; il est cherché chaque seconde.</translation>
    </message>
</context>
<context>
    <name>prices</name>
    <message>
        <source>Type a part of its name, and choose it with the arrow keys.</source>
        <translation>Saisissez une partie de son nom et choisissez-le avec les flèches.</translation>
    </message>
    <message>
        <source>No phone model is called “{0}”.</source>
        <translation>Aucun modèle de téléphone ne s&apos;appelle « {0} ».</translation>
    </message>
    <message>
        <source>The example file is saved.</source>
        <translation>Le fichier d&apos;exemple est enregistré.</translation>
    </message>
    <message>
        <source>Fill in your prices, delete its two rows, and drop the file onto this window.</source>
        <translation>Saisissez vos prix, supprimez ses deux lignes et déposez le fichier sur cette fenêtre.</translation>
    </message>
    <message>
        <source>{0} is taken out; it is kept in prices/taken-out.</source>
        <translation>{0} est retiré ; il est gardé dans prices/taken-out.</translation>
    </message>
    <message>
        <source>Train now, and its prices count no more.</source>
        <translation>Entraînez maintenant, et ses prix ne comptent plus.</translation>
    </message>
    <message>
        <source>{0} sets the price from now on.</source>
        <translation>{0} fait désormais le prix.</translation>
    </message>
    <message>
        <source>! There are no exchange rates: fetch them.</source>
        <translation>! Il n&apos;y a pas de taux de change : téléchargez-les.</translation>
    </message>
    <message>
        <source>1 day old</source>
        <translation>d&apos;hier</translation>
    </message>
    <message>
        <source>{0} days old</source>
        <translation>vieux de {0} jours</translation>
    </message>
    <message>
        <source>today&apos;s</source>
        <translation>d&apos;aujourd&apos;hui</translation>
    </message>
    <message>
        <source>Exchange rates of {0}, {1}.</source>
        <translation>Taux de change du {0}, {1}.</translation>
    </message>
    <message>
        <source>! The fetched ones are damaged: fetch them anew.</source>
        <translation>! Ceux qui ont été téléchargés sont abîmés : téléchargez-les à nouveau.</translation>
    </message>
    <message>
        <source>! Fetch newer ones.</source>
        <translation>! Téléchargez-en de plus récents.</translation>
    </message>
    <message>
        <source>They came with the program.</source>
        <translation>Ils sont venus avec le programme.</translation>
    </message>
    <message>
        <source>Fetching is being cancelled; what was there stays in use.</source>
        <translation>Le téléchargement s&apos;annule ; ce qui était là reste en usage.</translation>
    </message>
    <message>
        <source>Fetching, {0} s. What is there stays in use; go on working.</source>
        <translation>Téléchargement, {0} s. Ce qui est là reste en usage ; continuez à travailler.</translation>
    </message>
    <message>
        <source>Fetched {0}:</source>
        <translation>Téléchargé à {0} :</translation>
    </message>
    <message>
        <source>Cancelled {0}:</source>
        <translation>Annulé à {0} :</translation>
    </message>
    <message>
        <source>! {0}: cancelled, the copy of {1} stays in use</source>
        <translation>! {0} : annulé, la copie du {1} reste en usage</translation>
    </message>
    <message>
        <source>! {0}: cancelled, and there is no copy</source>
        <translation>! {0} : annulé, et il n&apos;y a pas de copie</translation>
    </message>
    <message>
        <source>! {0}: not fetched, the copy of {1} stays in use. {2}</source>
        <translation>! {0} : pas téléchargé, la copie du {1} reste en usage. {2}</translation>
    </message>
    <message>
        <source>✗ {0}: not fetched, and there is no copy. {1}</source>
        <translation>✗ {0} : pas téléchargé, et il n&apos;y a pas de copie. {1}</translation>
    </message>
    <message>
        <source>✓ {0}: nothing newer than the copy of {1}</source>
        <translation>✓ {0} : rien de plus récent que la copie du {1}</translation>
    </message>
    <message>
        <source>✓ {0}: new, 1 price</source>
        <translation>✓ {0} : nouveau, 1 prix</translation>
    </message>
    <message>
        <source>✓ {0}: new, {1} prices</source>
        <translation>✓ {0} : nouveau, {1} prix</translation>
    </message>
    <message>
        <source>! Exchange rates: cancelled, those of {0} stay in use</source>
        <translation>! Taux de change : annulé, ceux du {0} restent en usage</translation>
    </message>
    <message>
        <source>! Exchange rates: not fetched, those of {0} stay in use. {1}</source>
        <translation>! Taux de change : pas téléchargés, ceux du {0} restent en usage. {1}</translation>
    </message>
    <message>
        <source>✓ Exchange rates: new, of {0}</source>
        <translation>✓ Taux de change : nouveaux, du {0}</translation>
    </message>
    <message>
        <source>✓ Exchange rates: nothing newer than {0}</source>
        <translation>✓ Taux de change : rien de plus récent que le {0}</translation>
    </message>
    <message>
        <source>Fetching is cancelled; feeds that had come whole are kept.</source>
        <translation>Le téléchargement est annulé ; les flux arrivés en entier sont gardés.</translation>
    </message>
    <message>
        <source>Which they are stands under Cancelled.</source>
        <translation>Leur liste est sous Annulé.</translation>
    </message>
    <message>
        <source>Fetching is cancelled; what was there stays in use.</source>
        <translation>Le téléchargement est annulé ; ce qui était là reste en usage.</translation>
    </message>
    <message>
        <source>Ctrl+R fetches again.</source>
        <translation>Ctrl+R télécharge à nouveau.</translation>
    </message>
    <message>
        <source>No feed of prices is named; how to name one stands under Fetched.</source>
        <translation>Aucun flux de prix n&apos;est nommé ; la marche à suivre est sous « Téléchargé ».</translation>
    </message>
    <message>
        <source>The exchange rates could not be fetched; those that are there stay in use.</source>
        <translation>Les taux de change n&apos;ont pas pu être téléchargés ; ceux qui sont là restent en usage.</translation>
    </message>
    <message>
        <source>There are no newer exchange rates.</source>
        <translation>Il n&apos;y a pas de taux de change plus récents.</translation>
    </message>
    <message>
        <source>Nothing could be fetched; what was there stays in use.</source>
        <translation>Rien n&apos;a pu être téléchargé ; ce qui était là reste en usage.</translation>
    </message>
    <message>
        <source>Not everything could be fetched; what was there stays in use.</source>
        <translation>Tout n&apos;a pas pu être téléchargé ; ce qui était là reste en usage.</translation>
    </message>
    <message>
        <source>Train now, and the new prices count.</source>
        <translation>Entraînez maintenant, et les nouveaux prix comptent.</translation>
    </message>
    <message>
        <source>New prices are fetched.</source>
        <translation>De nouveaux prix sont téléchargés.</translation>
    </message>
    <message>
        <source>New exchange rates are fetched; they hold at once.</source>
        <translation>De nouveaux taux de change sont téléchargés ; ils valent tout de suite.</translation>
    </message>
    <message>
        <source>No feed of prices is named yet.</source>
        <translation>Aucun flux de prix n&apos;est encore nommé.</translation>
    </message>
    <message>
        <source>A feed is a CSV file of prices on a server or in a folder. Name it in the file below, in a text editor, with two lines such as:
{0}
Then fetch again.</source>
        <translation>Un flux est un fichier CSV de prix sur un serveur ou dans un dossier. Nommez-le dans le fichier ci-dessous, avec un éditeur de texte, par deux lignes telles que :
{0}
Puis téléchargez à nouveau.</translation>
    </message>
    <message>
        <source>Why stands under Fetched, for each feed.</source>
        <translation>Le pourquoi est sous « Téléchargé », pour chaque flux.</translation>
    </message>
    <message>
        <source>There is nothing newer to fetch.</source>
        <translation>Il n&apos;y a rien de plus récent à télécharger.</translation>
    </message>
    <message>
        <source>Prices are not open yet. Try again in a moment.</source>
        <translation>Les prix ne sont pas encore ouverts. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>Which model counts cannot be read: train anew.</source>
        <translation>Impossible de lire quel modèle compte : entraînez de nouveau.</translation>
    </message>
    <message>
        <source>A model is being trained; prices stay as they are meanwhile.</source>
        <translation>Un modèle est en cours d&apos;entraînement ; les prix ne changent pas d&apos;ici là.</translation>
    </message>
    <message>
        <source>Quotes do not hold: load new prices and train.</source>
        <translation>Les devis ne tiennent pas : chargez de nouveaux prix et entraînez.</translation>
    </message>
    <message>
        <source>The new model is better than the one in use: put it in use.</source>
        <translation>Le nouveau modèle est meilleur que celui en service : mettez-le en service.</translation>
    </message>
    <message>
        <source>The new model is good enough: put it in use in place of the published curves.</source>
        <translation>Le nouveau modèle est assez bon : mettez-le en service à la place des courbes publiées.</translation>
    </message>
    <message>
        <source>Load prices of your market ({0} at least), then train. Until then published curves set the price.</source>
        <translation>Chargez des prix de votre marché (au moins {0}), puis entraînez. D&apos;ici là, des courbes publiées font le prix.</translation>
    </message>
    <message>
        <source>{0} prices are loaded: train on them.</source>
        <translation>{0} prix sont chargés : entraînez un modèle.</translation>
    </message>
    <message>
        <source>The newest market price is {0} days old: load newer ones and train.</source>
        <translation>Le prix de marché le plus récent a {0} jours : chargez-en de plus récents et entraînez.</translation>
    </message>
    <message>
        <source>The model in use is the best that was tried, but its ranges are too narrow ({0}: {1} of 100 held, 80 should). Load more prices, of more phone models, and train.</source>
        <translation>Le modèle en service est le meilleur essayé, mais ses fourchettes sont trop étroites ({0} : {1} sur 100 tenus, 80 attendus). Chargez plus de prix, de plus de modèles, et entraînez.</translation>
    </message>
    <message>
        <source>You went back from the newer model; it waits, and can be put in use again.</source>
        <translation>Vous êtes revenu du modèle plus récent&#xa0;; il attend et peut être remis en service.</translation>
    </message>
    <message>
        <source>More prices are loaded than the model learned from: train when you like.</source>
        <translation>Plus de prix sont chargés que le modèle n&apos;en a appris : entraînez quand vous voulez.</translation>
    </message>
    <message>
        <source>The trained model is not good enough to be used; below is why. Load more prices, and train.</source>
        <translation>Le modèle entraîné n&apos;est pas assez bon pour servir ; la raison est ci-dessous. Chargez plus de prix, puis entraînez.</translation>
    </message>
    <message>
        <source>Nothing to do: the model in use is the best that was tried.</source>
        <translation>Rien à faire : le modèle en service est le meilleur essayé.</translation>
    </message>
    <message>
        <source>Today ({0})</source>
        <translation>Aujourd&apos;hui ({0})</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 an</translation>
    </message>
    <message>
        <source>{0} years</source>
        <translation>{0} ans</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 mois</translation>
    </message>
    <message>
        <source>{0} months</source>
        <translation>{0} mois</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>En service</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0} : {1}</translation>
    </message>
    <message>
        <source>! {0}: ranges are wider than they need to be.</source>
        <translation>! {0} : les fourchettes sont plus larges que nécessaire.</translation>
    </message>
    <message>
        <source>! {0}: ranges are wider than they need to be; {1} phone models are too few to tell better.</source>
        <translation>! {0} : les fourchettes sont plus larges que nécessaire ; {1} modèles de téléphone ne suffisent pas pour faire mieux.</translation>
    </message>
    <message>
        <source>Both on the same prices</source>
        <translation>Les deux sur les mêmes prix</translation>
    </message>
    <message>
        <source>✓ The new one is good enough to be put in use; some of its ranges are wider than they need to be.</source>
        <translation>✓ Le nouveau est assez bon pour être mis en service ; certaines fourchettes sont plus larges que nécessaire.</translation>
    </message>
    <message>
        <source>✓ The new one is good enough to be put in use.</source>
        <translation>✓ Le nouveau est assez bon pour être mis en service.</translation>
    </message>
    <message>
        <source>✓ The new one is better; some of its ranges are wider than they need to be.</source>
        <translation>✓ Le nouveau est meilleur ; certaines de ses fourchettes sont plus larges que nécessaire.</translation>
    </message>
    <message>
        <source>✓ The new one is better, and its ranges hold.</source>
        <translation>✓ Le nouveau est meilleur, et ses fourchettes tiennent.</translation>
    </message>
    <message>
        <source>! The new one is better, but its ranges do not hold.</source>
        <translation>! Le nouveau est meilleur, mais ses fourchettes ne tiennent pas.</translation>
    </message>
    <message>
        <source>! The new one waits: it is not good enough yet.</source>
        <translation>! Le nouveau attend : il n&apos;est pas encore assez bon.</translation>
    </message>
    <message>
        <source>! The new one waits: it is not proved better.</source>
        <translation>! Le nouveau attend : il n&apos;est pas prouvé meilleur.</translation>
    </message>
    <message>
        <source>It is being cancelled.</source>
        <translation>Annulation en cours.</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>{0}, {1} %</source>
        <translation>{0}, {1} %</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>! {0} was not used: {1}</source>
        <translation>! {0} n&apos;a pas servi : {1}</translation>
    </message>
    <message>
        <source>8 of 10 should sell between {0} and {1}</source>
        <translation>8 sur 10 devraient se vendre entre {0} et {1}</translation>
    </message>
    <message>
        <source>{0}: {1}, between {2} and {3}</source>
        <translation>{0} : {1}, entre {2} et {3}</translation>
    </message>
    <message>
        <source>no sale of yours and no market price of this model counts in it</source>
        <translation>aucune de vos ventes ni aucun prix de marché de ce modèle n&apos;y compte</translation>
    </message>
    <message>
        <source>your sales: {0}</source>
        <translation>vos ventes : {0}</translation>
    </message>
    <message>
        <source>{0}, {1}, {2}, battery {3} %, genuine parts, {4}, today ({5} old)</source>
        <translation>{0}, {1}, {2}, batterie {3} %, pièces d&apos;origine, {4}, aujourd&apos;hui (âge : {5})</translation>
    </message>
    <message>
        <source>sold by others: {0}</source>
        <translation>vendus par d&apos;autres : {0}</translation>
    </message>
    <message>
        <source>asked in the market, loaded: {0}</source>
        <translation>demandé sur le marché, chargés : {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>about {0} % less is paid than asked</source>
        <translation>on paie environ {0} % de moins que demandé</translation>
    </message>
    <message>
        <source>loaded prices count once a training has learned from them</source>
        <translation>les prix chargés comptent dès qu&apos;un entraînement les a appris</translation>
    </message>
    <message>
        <source>only {0}</source>
        <translation>seulement {0}</translation>
    </message>
    <message>
        <source>Published curves by age set the price now; no model of yours is in use.</source>
        <translation>Des courbes publiées selon l&apos;âge font le prix ; aucun modèle à vous n&apos;est en service.</translation>
    </message>
    <message>
        <source>In use: trained {0}, learned from {1} prices of 1 model</source>
        <translation>En service : entraîné le {0} ; {1} prix appris, de 1 modèle</translation>
    </message>
    <message>
        <source>In use: trained {0}, learned from {1} prices of {2} models</source>
        <translation>En service : entraîné le {0} ; {1} prix appris, de {2} modèles</translation>
    </message>
    <message>
        <source>New: trained {0}, learned from {1} prices of 1 model</source>
        <translation>Nouveau : entraîné le {0} ; {1} prix appris, de 1 modèle</translation>
    </message>
    <message>
        <source>New: trained {0}, learned from {1} prices of {2} models</source>
        <translation>Nouveau : entraîné le {0} ; {1} prix appris, de {2} modèles</translation>
    </message>
    <message>
        <source>The model of {0}</source>
        <translation>Le modèle du {0}</translation>
    </message>
    <message>
        <source>Phones it knows</source>
        <translation>Téléphones qu&apos;il connaît</translation>
    </message>
    <message>
        <source>Phones it has never seen</source>
        <translation>Téléphones qu&apos;il n&apos;a jamais vus</translation>
    </message>
    <message>
        <source>Later prices</source>
        <translation>Prix ultérieurs</translation>
    </message>
    <message>
        <source>off by {0} %, its range held {1} of 100</source>
        <translation>se trompe de {0} %, sa fourchette en contient {1} sur 100</translation>
    </message>
    <message>
        <source>Tried on</source>
        <translation>Essayé sur</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>Explains (R²)</source>
        <translation>Explique (R²)</translation>
    </message>
    <message>
        <source>Off by (MAPE)</source>
        <translation>Se trompe de (MAPE)</translation>
    </message>
    <message>
        <source>80 % range holds</source>
        <translation>Fourchette à 80 % contient</translation>
    </message>
    <message>
        <source>Its width</source>
        <translation>Sa largeur</translation>
    </message>
    <message>
        <source>Better, but cheaper</source>
        <translation>Mieux, mais moins cher</translation>
    </message>
    <message>
        <source>No sale of a quoted phone is recorded yet, so nobody knows how right quotes are.</source>
        <translation>Aucune vente d&apos;un téléphone ayant eu un devis n&apos;est encore enregistrée : personne ne sait si les devis sont justes.</translation>
    </message>
    <message>
        <source>Your phones sold for {0} % more than quoted.</source>
        <translation>Vos téléphones se sont vendus {0} % plus cher que prévu.</translation>
    </message>
    <message>
        <source>Your phones sold for {0} % less than quoted.</source>
        <translation>Vos téléphones se sont vendus {0} % moins cher que prévu.</translation>
    </message>
    <message>
        <source>Your phones sold for what was quoted.</source>
        <translation>Vos téléphones se sont vendus au prix prévu.</translation>
    </message>
    <message>
        <source>{0} of {1} lay in their range.</source>
        <translation>{0} sur {1} étaient dans leur fourchette.</translation>
    </message>
    <message>
        <source>✓ Quotes hold.</source>
        <translation>✓ Les devis tiennent.</translation>
    </message>
    <message>
        <source>✓ Ranges hold more than they promise.</source>
        <translation>✓ Les fourchettes contiennent plus que promis.</translation>
    </message>
    <message>
        <source>! Quotes are off; ranges are widened until a new training.</source>
        <translation>! Les devis sont décalés ; les fourchettes sont élargies jusqu&apos;au prochain entraînement.</translation>
    </message>
    <message>
        <source>! Ranges are too narrow; they are widened.</source>
        <translation>! Les fourchettes sont trop étroites ; elles sont élargies.</translation>
    </message>
    <message>
        <source>Too few sales to judge.</source>
        <translation>Trop peu de ventes pour juger.</translation>
    </message>
    <message>
        <source>A file is a CSV whose first line names its columns. Needed: {0}. Better with: {1}. French and German names for them are understood, too.</source>
        <translation>Un fichier est un CSV dont la première ligne nomme les colonnes. Nécessaires : {0}. Mieux avec : {1}. Leurs noms français et allemands sont compris aussi.</translation>
    </message>
    <message>
        <source>Example without a price, so it counts nowhere: write a price such as 349.00</source>
        <translation>Exemple sans prix, donc jamais compté : écrivez un prix tel que 349.00</translation>
    </message>
    <message>
        <source>Train again when this training has ended: it began without them.</source>
        <translation>Entraînez de nouveau quand cet entraînement sera terminé : il a commencé sans eux.</translation>
    </message>
    <message>
        <source>{0}: 1 price is taken</source>
        <translation>{0} : 1 prix est repris</translation>
    </message>
    <message>
        <source>{0}: {1} prices are taken</source>
        <translation>{0} : {1} prix sont repris</translation>
    </message>
    <message>
        <source>{0}, 1 row is left out.</source>
        <translation>{0}, 1 ligne est écartée.</translation>
    </message>
    <message>
        <source>{0}, {1} rows are left out.</source>
        <translation>{0}, {1} lignes sont écartées.</translation>
    </message>
    <message>
        <source>The first: {0}. All reasons: Alt+2.</source>
        <translation>La première : {0}. Toutes les raisons : Alt+2.</translation>
    </message>
    <message>
        <source>No prices are loaded, and no sale is recorded.</source>
        <translation>Aucun prix n&apos;est chargé, aucune vente n&apos;est enregistrée.</translation>
    </message>
    <message>
        <source>1 market price</source>
        <translation>1 prix du marché</translation>
    </message>
    <message>
        <source>{0} market prices</source>
        <translation>{0} prix du marché</translation>
    </message>
    <message>
        <source>1 own sale</source>
        <translation>1 de vos ventes</translation>
    </message>
    <message>
        <source>{0} own sales</source>
        <translation>{0} de vos ventes</translation>
    </message>
    <message>
        <source>1 phone model</source>
        <translation>1 modèle</translation>
    </message>
    <message>
        <source>{0} phone models</source>
        <translation>{0} modèles</translation>
    </message>
    <message>
        <source>{0} of them with three prices or more</source>
        <translation>dont {0} avec trois prix ou plus</translation>
    </message>
    <message>
        <source>Loaded: {0}</source>
        <translation>Chargés : {0}</translation>
    </message>
    <message>
        <source>no grade in {0} %</source>
        <translation>sans grade : {0} %</translation>
    </message>
    <message>
        <source>no storage in {0} %</source>
        <translation>sans stockage : {0} %</translation>
    </message>
    <message>
        <source>no date in {0} %</source>
        <translation>sans date : {0} %</translation>
    </message>
    <message>
        <source>✗ {0}: {1}</source>
        <translation>✗ {0} : {1}</translation>
    </message>
    <message>
        <source>{0} prices</source>
        <translation>{0} prix</translation>
    </message>
    <message>
        <source>1 price</source>
        <translation>1 prix</translation>
    </message>
    <message>
        <source>newest {0}</source>
        <translation>le plus récent du {0}</translation>
    </message>
    <message>
        <source>! {0} days old</source>
        <translation>! vieux de {0} jours</translation>
    </message>
    <message>
        <source>Own sales</source>
        <translation>Ventes propres</translation>
    </message>
    <message>
        <source>! The last try to fetch it failed. {0}</source>
        <translation>! Le dernier téléchargement a échoué. {0}</translation>
    </message>
    <message>
        <source>absurd prices left out: {0}</source>
        <translation>prix absurdes écartés : {0}</translation>
    </message>
    <message>
        <source>1 row left out</source>
        <translation>1 ligne écartée</translation>
    </message>
    <message>
        <source>{0} rows left out</source>
        <translation>{0} lignes écartées</translation>
    </message>
    <message>
        <source>rows that repeat others: {0}</source>
        <translation>lignes répétées : {0}</translation>
    </message>
    <message>
        <source>1 sale</source>
        <translation>1 vente</translation>
    </message>
    <message>
        <source>{0} sales</source>
        <translation>{0} ventes</translation>
    </message>
    <message>
        <source>line {0}</source>
        <translation>ligne {0}</translation>
    </message>
    <message>
        <source>is too long for a name</source>
        <translation>est trop long pour un nom</translation>
    </message>
    <message>
        <source>is no grade; there are</source>
        <translation>n&apos;est pas un grade ; il y a</translation>
    </message>
    <message>
        <source>is no date; write it like 2026-11-22: the day comes first only where the file proves it, by a first number above 12 and no second one</source>
        <translation>n&apos;est pas une date ; écrivez-la comme 2026-11-22 : le jour n&apos;est lu en premier que si le fichier le prouve, par un premier nombre au-dessus de 12 et aucun deuxième</translation>
    </message>
    <message>
        <source>is no date; write it like</source>
        <translation>n&apos;est pas une date ; écrivez-la comme</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>n&apos;est ni true ni false</translation>
    </message>
    <message>
        <source>is no currency; write three letters such as</source>
        <translation>n&apos;est pas une devise ; écrivez trois lettres comme</translation>
    </message>
    <message>
        <source>is no country; write two letters such as</source>
        <translation>n&apos;est pas un pays ; écrivez deux lettres comme</translation>
    </message>
    <message>
        <source>is no number that means one thing; write it like</source>
        <translation>est un nombre qui peut vouloir dire deux choses ; écrivez-le comme</translation>
    </message>
    <message>
        <source>is in another currency than the row</source>
        <translation>est dans une autre devise que la ligne</translation>
    </message>
    <message>
        <source>does not tell which currency it is in; add a column currency</source>
        <translation>n&apos;indique pas sa devise ; ajoutez une colonne currency</translation>
    </message>
    <message>
        <source>is no number; write a point for a comma</source>
        <translation>n&apos;est pas un nombre ; écrivez un point au lieu d&apos;une virgule</translation>
    </message>
    <message>
        <source>is no number</source>
        <translation>n&apos;est pas un nombre</translation>
    </message>
    <message>
        <source>is no storage in GB</source>
        <translation>n&apos;est pas un stockage en Go</translation>
    </message>
    <message>
        <source>is no battery health in percent, above 0 and up to 100</source>
        <translation>n&apos;est pas un état de batterie en pour cent, au-dessus de 0 et jusqu&apos;à 100</translation>
    </message>
    <message>
        <source>is no price above 0</source>
        <translation>n&apos;est pas un prix supérieur à 0</translation>
    </message>
    <message>
        <source>came before</source>
        <translation>était déjà là</translation>
    </message>
    <message>
        <source>is absurd: several times what all other prices say, or a fraction of it</source>
        <translation>est absurde : plusieurs fois ce que disent tous les autres prix, ou une fraction</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>est vide</translation>
    </message>
    <message>
        <source>is in the future</source>
        <translation>est dans le futur</translation>
    </message>
    <message>
        <source>is before there were such phones</source>
        <translation>est antérieur à l&apos;existence de tels téléphones</translation>
    </message>
    <message>
        <source>is after the day of the price</source>
        <translation>est après le jour du prix</translation>
    </message>
    <message>
        <source>{0} is being looked through…</source>
        <translation>{0} est en cours de lecture…</translation>
    </message>
    <message>
        <source>Still to come: {0}</source>
        <translation>Encore à lire : {0}</translation>
    </message>
    <message>
        <source>{0} of {1} files are taken, with {2} prices.</source>
        <translation>{0} fichiers sur {1} sont pris, avec {2} prix.</translation>
    </message>
    <message>
        <source>Rows left out: {0}; why: Alt+2.</source>
        <translation>Lignes écartées : {0} ; raisons : Alt+2.</translation>
    </message>
    <message>
        <source>Trained {0}, learned from {1} prices of 1 model</source>
        <translation>Entraîné le {0} ; {1} prix appris, de 1 modèle</translation>
    </message>
    <message>
        <source>Trained {0}, learned from {1} prices of {2} models</source>
        <translation>Entraîné le {0} ; {1} prix appris, de {2} modèles</translation>
    </message>
    <message>
        <source>Put that of {0} in use</source>
        <translation>Mettre en service celui du {0}</translation>
    </message>
    <message>
        <source>1 older model is kept, too; the command tradein price status lists it.</source>
        <translation>1 modèle plus ancien est aussi conservé ; la commande tradein price status le montre.</translation>
    </message>
    <message>
        <source>{0} older models are kept, too; the command tradein price status lists them.</source>
        <translation>{0} modèles plus anciens sont aussi conservés ; la commande tradein price status les montre.</translation>
    </message>
</context>
<context>
    <name>quote</name>
    <message>
        <source>Expected resale {0}, between {1} and {2}. {3}</source>
        <translation>Revente attendue {0}, entre {1} et {2}. {3}</translation>
    </message>
    <message>
        <source>No phone chosen</source>
        <translation>Aucun téléphone choisi</translation>
    </message>
    <message>
        <source>Not priced yet</source>
        <translation>Pas encore de prix</translation>
    </message>
    <message>
        <source>Something changed: price it again</source>
        <translation>Quelque chose a changé : recalculez</translation>
    </message>
    <message>
        <source>Expired: price it again</source>
        <translation>Expiré : recalculez</translation>
    </message>
    <message>
        <source>Answer 1 question for a price</source>
        <translation>Répondez à 1 question pour un prix</translation>
    </message>
    <message>
        <source>No price before the phone is read</source>
        <translation>Pas de prix avant la lecture du téléphone</translation>
    </message>
    <message>
        <source>Answer {0} questions for a price</source>
        <translation>Répondez à {0} questions pour un prix</translation>
    </message>
    <message>
        <source>Not bought as it is</source>
        <translation>Pas de rachat en l&apos;état</translation>
    </message>
    <message>
        <source>valid until {0}</source>
        <translation>valable jusqu&apos;au {0}</translation>
    </message>
    <message>
        <source>Seed: estimate from published curves</source>
        <translation>Estimation (courbes publiées)</translation>
    </message>
    <message>
        <source>Seed: estimate from launch price, maker and age</source>
        <translation>Estimation (prix de lancement, marque et âge)</translation>
    </message>
    <message>
        <source>Seed: estimate from prices of other markets</source>
        <translation>Estimation (prix d&apos;autres marchés)</translation>
    </message>
    <message>
        <source>Market: from prices of others</source>
        <translation>Marché : prix des autres</translation>
    </message>
    <message>
        <source>Own deals: from what this shop sold</source>
        <translation>Nos ventes : ce que ce magasin a vendu</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>Offre</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Devis</translation>
    </message>
    <message>
        <source>prices</source>
        <translation>prix</translation>
    </message>
    <message>
        <source>rates</source>
        <translation>taux</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>règles</translation>
    </message>
    <message>
        <source>as of</source>
        <translation>au</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>It can be graded if all of this is so: {0}</source>
        <translation>Notation possible si tout ceci est vrai : {0}</translation>
    </message>
    <message>
        <source>Not verified: {0}</source>
        <translation>Non vérifié : {0}</translation>
    </message>
    <message>
        <source>It can be graded</source>
        <translation>Notation possible</translation>
    </message>
    <message>
        <source>{0} if: {1}</source>
        <translation>{0} si : {1}</translation>
    </message>
</context>
<context>
    <name>regrade</name>
    <message>
        <source>the same reasons</source>
        <translation>les mêmes raisons</translation>
    </message>
    <message>
        <source>and reasons of the first row</source>
        <translation>et des raisons de la première ligne</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>En raison de</translation>
    </message>
    <message>
        <source>{0}, as of {1}</source>
        <translation>{0}, version {1}</translation>
    </message>
    <message>
        <source>1 question is open</source>
        <translation>1 question est ouverte</translation>
    </message>
    <message>
        <source>{0} questions are open</source>
        <translation>{0} questions sont ouvertes</translation>
    </message>
    <message>
        <source>? not known yet</source>
        <translation>? pas encore connu</translation>
    </message>
    <message>
        <source>= same level</source>
        <translation>= même niveau</translation>
    </message>
    <message>
        <source>graded under it</source>
        <translation>gradé selon lui</translation>
    </message>
    <message>
        <source>Against the first row</source>
        <translation>Face à la 1re ligne</translation>
    </message>
    <message>
        <source>↑ better</source>
        <translation>↑ meilleur</translation>
    </message>
    <message>
        <source>↓ worse</source>
        <translation>↓ moins bon</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Code: {0}.</source>
        <translation>Code : {0}.</translation>
    </message>
</context>
<context>
    <name>rule</name>
    <message>
        <source>The rule is installed: {0}</source>
        <translation>La règle est installée : {0}</translation>
    </message>
    <message>
        <source>Unplug the phone and plug it in again.</source>
        <translation>Débranchez le téléphone et rebranchez-le.</translation>
    </message>
</context>
<context>
    <name>saving</name>
    <message>
        <source>1 answer waits to be saved.</source>
        <translation>1 réponse attend d&apos;être enregistrée.</translation>
    </message>
    <message>
        <source>{0} answers wait to be saved.</source>
        <translation>{0} réponses attendent d&apos;être enregistrées.</translation>
    </message>
    <message>
        <source>This is tried again every second. Nothing is lost when the window closes.</source>
        <translation>Nouvel essai chaque seconde. Rien n&apos;est perdu si la fenêtre se ferme.</translation>
    </message>
    <message>
        <source>This is tried again every second. Leave the window open until it works.</source>
        <translation>Nouvel essai chaque seconde. Laissez la fenêtre ouverte jusqu&apos;à ce que cela marche.</translation>
    </message>
    <message>
        <source>Answers of this round are not saved yet.</source>
        <translation>Des réponses de ce passage ne sont pas encore enregistrées.</translation>
    </message>
    <message>
        <source>Finish it when they are.</source>
        <translation>Terminez-le quand elles le seront.</translation>
    </message>
    <message>
        <source>Answers to this phone are not saved yet.</source>
        <translation>Des réponses sur ce téléphone ne sont pas encore enregistrées.</translation>
    </message>
    <message>
        <source>Close the deal when they are.</source>
        <translation>Concluez quand elles le seront.</translation>
    </message>
</context>
<context>
    <name>scanned</name>
    <message>
        <source>Scanned {0}: the IMEI of the phone that is shown, {1}</source>
        <translation>Scanné {0} : l&apos;IMEI du téléphone affiché, {1}</translation>
    </message>
    <message>
        <source>It counts as your word. Was it another phone&apos;s? Scan the right one.</source>
        <translation>Il compte comme votre déclaration. Était-ce celui d&apos;un autre téléphone ? Scannez le bon.</translation>
    </message>
    <message>
        <source>Scanned {0}: not on this bench</source>
        <translation>Scanné {0} : pas sur ce banc</translation>
    </message>
    <message>
        <source>Nothing was answered or changed.</source>
        <translation>Rien n&apos;a été répondu ni modifié.</translation>
    </message>
</context>
<context>
    <name>selling</name>
    <message>
        <source>Write the day like {0}.</source>
        <translation>Écrivez le jour comme {0}.</translation>
    </message>
    <message>
        <source>{0}, bought on {1}</source>
        <translation>{0}, acheté le {1}</translation>
    </message>
    <message>
        <source>{0}, bought on {1} for {2}</source>
        <translation>{0}, acheté {2} le {1}</translation>
    </message>
    <message>
        <source>Expected {0}, in eight of ten cases {1} to {2}.</source>
        <translation>Attendu : {0}, huit fois sur dix entre {1} et {2}.</translation>
    </message>
    <message>
        <source>Kept as sold for {0} on {1}. What you save corrects it; both stay on record.</source>
        <translation>Enregistré comme vendu {0} le {1}. Ce que vous enregistrez le corrige ; les deux sont conservés.</translation>
    </message>
    <message>
        <source>Nothing can be saved yet. Try again in a moment.</source>
        <translation>Rien ne peut encore être enregistré. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>Scan or type the IMEI or the serial number.</source>
        <translation>Scannez ou saisissez l&apos;IMEI ou le numéro de série.</translation>
    </message>
    <message>
        <source>The price model does not see it yet: {0}</source>
        <translation>Le modèle de prix ne la voit pas encore : {0}</translation>
    </message>
    <message>
        <source>{0}: the sale is taken back.</source>
        <translation>{0} : la vente est annulée.</translation>
    </message>
    <message>
        <source>{0} sold for {1} on {2}.</source>
        <translation>{0} vendu {1} le {2}.</translation>
    </message>
</context>
<context>
    <name>sharing</name>
    <message>
        <source>Two phones are reported in this place: this one and {0}. One port has one cable: unplug one of them, and see which of the two goes.</source>
        <translation>Deux téléphones sont signalés à cette place : celui-ci et {0}. Un port n&apos;a qu&apos;un câble : débranchez-en un et voyez lequel des deux disparaît.</translation>
    </message>
    <message>
        <source>two phones here</source>
        <translation>deux téléphones ici</translation>
    </message>
</context>
<context>
    <name>skipping</name>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} et {1}</translation>
    </message>
    <message>
        <source>without 1 photo</source>
        <translation>sans 1 photo</translation>
    </message>
    <message>
        <source>without {0} photos</source>
        <translation>sans {0} photos</translation>
    </message>
    <message>
        <source>without the second look at {0}</source>
        <translation>sans second regard : {0}</translation>
    </message>
</context>
<context>
    <name>slots</name>
    <message>
        <source>fine</source>
        <translation>en ordre</translation>
    </message>
    <message>
        <source>How often a phone&apos;s connection broke off while it was being read, or went and came back by itself. A phone that somebody unplugs while nothing is being read is not counted.</source>
        <translation>Combien de fois la liaison avec un téléphone s&apos;est coupée pendant la lecture, ou est partie puis revenue d&apos;elle-même. Un téléphone que quelqu&apos;un débranche pendant que rien n&apos;est lu n&apos;est pas compté.</translation>
    </message>
    <message>
        <source>A number in brackets: nobody gave this slot its number yet. Press Shift+F11.</source>
        <translation>Un numéro entre parenthèses : personne n&apos;a encore numéroté cette place. Appuyez sur Maj+F11.</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Lost today</source>
        <translation>Pertes du jour</translation>
    </message>
    <message>
        <source>Cable and slot</source>
        <translation>Câble et place</translation>
    </message>
</context>
<context>
    <name>summary</name>
    <message>
        <source>No phone chosen</source>
        <translation>Aucun téléphone choisi</translation>
    </message>
    <message>
        <source>not known: {0}</source>
        <translation>inconnu : {0}</translation>
    </message>
    <message>
        <source>battery {0}</source>
        <translation>batterie {0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0} : {1}</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>Slot {0}, not numbered</source>
        <translation>Place {0}, non numérotée</translation>
    </message>
    <message>
        <source>Slot {0}</source>
        <translation>Place {0}</translation>
    </message>
    <message>
        <source>USB port {0}</source>
        <translation>Port USB {0}</translation>
    </message>
    <message>
        <source>iPhone or iPad</source>
        <translation>iPhone ou iPad</translation>
    </message>
    <message>
        <source>Android phone</source>
        <translation>Téléphone Android</translation>
    </message>
    <message>
        <source>USB device</source>
        <translation>Appareil USB</translation>
    </message>
    <message>
        <source>Reading identity</source>
        <translation>Lecture de l&apos;identité</translation>
    </message>
    <message>
        <source>Reading battery</source>
        <translation>Lecture de la batterie</translation>
    </message>
    <message>
        <source>Reading storage</source>
        <translation>Lecture du stockage</translation>
    </message>
    <message>
        <source>Reading locks</source>
        <translation>Lecture des verrous</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Fin de lecture</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>identité</translation>
    </message>
    <message>
        <source>battery</source>
        <translation>batterie</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>stockage</translation>
    </message>
    <message>
        <source>locks</source>
        <translation>verrous</translation>
    </message>
</context>
<context>
    <name>why</name>
    <message>
        <source>Without any one of these: still {0}</source>
        <translation>Sans l&apos;un d&apos;eux seulement : toujours {0}</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>« {0} »</translation>
    </message>
    <message>
        <source>Without {0}: still {1}</source>
        <translation>Sans {0} : toujours {1}</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} ou {1}</translation>
    </message>
    <message>
        <source>Without {0} alone: still {1}</source>
        <translation>Sans {0} seul : toujours {1}</translation>
    </message>
</context>
<context>
    <name>workbench</name>
    <message>
        <source>Plug the phone in; then a new inspection can begin.</source>
        <translation>Branchez le téléphone ; une nouvelle inspection pourra alors commencer.</translation>
    </message>
    <message>
        <source>A closed deal cannot be undone.</source>
        <translation>Une affaire conclue ne peut pas être annulée.</translation>
    </message>
    <message>
        <source>No surface of this phone asks for a second look.</source>
        <translation>Aucune face de ce téléphone ne demande un second regard.</translation>
    </message>
    <message>
        <source>Choose a phone first.</source>
        <translation>Choisissez d&apos;abord un téléphone.</translation>
    </message>
    <message>
        <source>Accepted. The purchase paper is saved.</source>
        <translation>Accepté. Le document de rachat est enregistré.</translation>
    </message>
    <message>
        <source>Declined. The phone goes back.</source>
        <translation>Refusé. Le téléphone est rendu.</translation>
    </message>
    <message>
        <source>The quote with its conditions is saved.</source>
        <translation>Le devis avec ses conditions est enregistré.</translation>
    </message>
    <message>
        <source>Another window changed answers of this phone.</source>
        <translation>Une autre fenêtre a modifié des réponses de ce téléphone.</translation>
    </message>
    <message>
        <source>They are shown here now.</source>
        <translation>Elles sont affichées ici maintenant.</translation>
    </message>
    <message>
        <source>Answers to this phone are not saved yet.</source>
        <translation>Des réponses sur ce téléphone ne sont pas encore enregistrées.</translation>
    </message>
</context>
</TS>

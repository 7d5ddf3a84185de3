"""The checklist as data: its pages, its ids, its words."""

from __future__ import annotations

import re

import pytest

from diagnostics.building import FIELDS
from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.model import Platform
from tests.fakes.gradable import BEST

CHECKLIST = load_checklist()
PAGES = {
    1: "safety clean straight",
    2: "screen_scratches screen_scratch_count screen_edge_chips front_crack",
    3: "screen_lit pixels burn_in under_glass display_fit",
    4: "back_scratches back_damage",
    5: "frame_scratches frame_dents paint",
    6: "camera_glass camera_picture",
    7: "ports buttons liquid",
    8: "sound radios_sensors",
    9: "owner_lock sim_lock battery_settings parts_history wiped",
}
SURFACES = {"screen", "back", "frame", "camera", "ports", "functions", "settings", "safety"}


def test_the_pages_hold_all_questions_in_the_order_of_work():
    assert {page.number: " ".join(q.id for q in page.questions) for page in CHECKLIST.pages} == PAGES
    assert all(question.page == page.number for page in CHECKLIST.pages for question in page.questions)


def test_the_best_answer_comes_first():
    assert {q.id: q.answers[0].id for q in CHECKLIST.required if q.id in BEST} == BEST


def test_a_clean_page_is_pages_two_to_seven_without_what_must_be_tried():
    answered = {question.id: question.clean for question in CHECKLIST.questions if question.clean}
    tried = {"camera_picture", "buttons", "liquid", "screen_scratch_count"}
    expected = [q.id for page in CHECKLIST.pages if 2 <= page.number <= 7 for q in page.questions]
    assert list(answered) == [question for question in expected if question not in tried]
    assert all(BEST[question] == answer for question, answer in answered.items())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_question_and_answer_has_words(language):
    for question in CHECKLIST.questions:
        texts = [question.text, question.help, *(answer.text for answer in question.answers)]
        for text in texts:
            assert text[language].strip() == text[language] != ""
            assert "\n" not in text[language]
        assert len(question.text[language]) <= 60
        labels = [answer.text[language] for answer in question.answers]
        assert len(set(labels)) == len(labels)
        assert all(len(label) <= 50 for label in labels)


def test_titles_have_words_in_both_languages():
    assert all(set(page.title) == {"en", "fr"} for page in CHECKLIST.pages)


def test_french_is_not_english_left_standing():
    same = [q.id for q in CHECKLIST.questions if q.text["en"] == q.text["fr"] or q.help["en"] == q.help["fr"]]
    assert same == []


def test_sizes_and_distances_are_the_same_in_both_languages():
    for question in CHECKLIST.questions:
        for text in [question.help, *(answer.text for answer in question.answers)]:
            sizes = {lang: sorted(re.findall(r"\d+ (?:mm|cm|s|lux)", text[lang])) for lang in ("en", "fr")}
            assert sizes["en"] == sizes["fr"]


def test_signs_surfaces_and_evidence_are_known_words():
    for question in CHECKLIST.questions:
        assert question.surface in SURFACES
        assert {answer.sign for answer in question.answers} <= set("✓!✗?")
        for proves in (question.proves, *question.proves_on.values()):
            assert set(proves) <= {answer.id for answer in question.answers}
            assert {field for facts in proves.values() for field in facts} <= FIELDS
        assert set(question.proves_on) <= set(Platform)
        assert question.number == (not question.answers)


def test_conditions_name_answers_that_exist():
    for question in CHECKLIST.questions:
        for other, allowed in question.only_if.items():
            for answer in allowed:
                assert CHECKLIST.question(other).answer(answer).id == answer


def test_an_unknown_answer_is_said_with_the_possible_ones():
    with pytest.raises(
        BadInput, match=r"answers\.paint must be one of none, not_at_50cm, visible, not 'gone'"
    ):
        CHECKLIST.question("paint").answer("gone")


def test_an_unknown_checklist_is_said_with_the_possible_ones():
    with pytest.raises(BadInput, match="checklist must be one of phone-1, tablet-1, not 'phone-9'") as caught:
        load_checklist("phone-9")
    assert caught.value.code == "unknown_checklist"

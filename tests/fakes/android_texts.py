"""What Android phones print, written by hand after AOSP's sources and public dumps; every identifier is made up."""

from __future__ import annotations

GALAXY_BATTERY = """\
Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Max charging current: 500000
  Max charging voltage: 5000000
  Charge counter: 2022400
  status: 2
  health: 2
  present: true
  level: 64
  scale: 100
  voltage: 3981
  temperature: 291
  technology: Li-ion
  Capacity level: 3
  batteryMiscEvent: 0
  mSavedBatteryAsoc: [86]
  mSavedBatteryMaxTemp: 534
  mSavedBatteryUsage: [61919]
  mSavedBatteryBsoh: 95.00
The last voltage value sent as BatteryManager extra: 4339
[BattInfoLogBuffer]
2025-09-01 10:11:12 [SS][BattInfo]AsocData efsValue:85
2025-10-01 10:11:12 [SS][BattInfo]AsocData efsValue:86
2025-10-01 10:11:12 [SS][BattInfo]DischargeLevelData efsValue:61919
charge counter: 99
"""

GALAXY_TABLET_BATTERY = """\
Current Battery Service state:
  level: 41
  scale: 100
  status: 3
  mSavedBatteryAsoc: -1
  mSavedBatteryUsage: 132
[BattInfoLogBuffer]
2025-02-01 [SS][BattInfo]AsocData efsValue:98
2025-08-01 [SS][BattInfo]AsocData efsValue:96
"""

MOTOROLA_BATTERY = """\
Current Battery Service state:
  level: 72
  scale: 100
  status: 3
  Full capacity: 4072000
  Full design capacity: 4400000
"""

FAKED_BATTERY = """\
Current Battery Service state:
  (UPDATES STOPPED -- use 'reset' to restart)
  level: 100
  scale: 100
  status: 5
  Charge counter: 4900000
"""

HYPEROS_FULL_BATTERY = """\
Current Battery Service state:
  level: 100
  scale: 100
  status: 5
  Charge counter: 4274
"""

HEALTH_HAL = """\
ac: 0 usb: 1 wireless: 0 current_max: 500000 voltage_max: 5000000
status: 2 health: 2 present: 1
level: 64 voltage: 4011 temp: 298
current now: 341000
cycle count: 59
Full charge: 8065000
getHealthInfo -> HealthInfo{chargerAcOnline: false, batteryStatus: CHARGING, batteryCycleCount: 60, \
batteryFullChargeUah: 8065000, batteryChargeCounterUah: 5161000, batteryTechnology: Li-ion, diskStats: [], \
batteryFullChargeDesignCapacityUah: 8000000, chargingState: NORMAL, batteryHealthData: (null)}
"""

HEALTH_HAL_ANDROID_15 = """\
getHealthInfo -> HealthInfo{batteryCycleCount: 612, batteryFullChargeUah: 3870000, \
batteryFullChargeDesignCapacityUah: 4410000, batteryHealthData: BatteryHealthData{\
batteryManufacturingDateSeconds: 1651363200, batteryFirstUsageSeconds: 1658275200, batteryStateOfHealth: 87}}
"""

HEALTH_HAL_EMPTY = """\
getHealthInfo -> HealthInfo{batteryCycleCount: 0, batteryFullChargeUah: 0, batteryFullChargeDesignCapacityUah: 0, \
batteryHealthData: BatteryHealthData{batteryManufacturingDateSeconds: 0, batteryStateOfHealth: -1}}
"""

HEALTH_HIDL = """\
getHealthInfo -> {.legacy = {.legacy = {.batteryCycleCount = 301, .batteryFullCharge = 2808000, \
.batteryChargeCounter = 1201000}}, .batteryFullChargeDesignCapacityUah = 3227000}
"""

BATTERYSTATS = """\
Battery History (2% used, 91KB used of 4096KB, 41 strings using 3452):
                    0 (14) RESET:TIME: 2025-10-01-09-00-00
Statistics since last charge:
  System starts: 0, currently on battery: false
  Estimated battery capacity: 5000 mAh
  Last learned battery capacity: 4630.5 mAh
  Min learned battery capacity: 4600 mAh
  Max learned battery capacity: 4655 mAh
"""

BATTERY_BROADCASTS = """\
      extras: Bundle[{technology=Li-ion, health=2, android.os.extra.CYCLE_COUNT=138, battery_low=false}]
      Bundle[{android.os.extra.CAPACITY_LEVEL=3, technology=Li-ion, icon-small=17303919, max_charging_voltage=5000000, \
health=2, max_charging_current=500000, status=4, plugged=2, present=true, android.os.extra.CHARGING_STATUS=4, \
seq=1343, charge_counter=3912500, level=80, scale=100, temperature=290, voltage=4224, \
android.os.extra.CYCLE_COUNT=139, invalid_charger=0, battery_low=false}]
"""

TOYBOX_DF = """\
Filesystem     1K-blocks     Used Available Use% Mounted on
/dev/block/dm-54 114982996 16762584  98220412  15% /data
"""

TOYBOX_DF_USER = """\
Filesystem            1K-blocks    Used Available Use% Mounted on
/dev/block/by-name/a-very-long-userdata-name
                      110885612 92114608 18771004  84% /data/user/0
"""

TOOLBOX_DF = """\
Filesystem               Size     Used     Free   Blksize
/data                   26.2G    11.7G    14.5G   4096
"""

ACCOUNTS_TWO = """\
User UserInfo{0:Owner:c13}:
  Accounts: 3
    Account {name=camille, type=com.oops@example.org, type=com.google}
    Account {name=***, type=com.osp.app.signin}
    Account {name=WhatsApp, type=com.whatsapp}

  AccountId, Action_Type, timestamp, UID, TableName, Key
  Accounts History
  1,action_account_add,2025-01-01 10:00:00,10123,accounts,1

  Active Sessions: 0

  RegisteredServicesCache: 2 services
    ServiceInfo: AuthenticatorDescription {type=com.google}, ComponentInfo{com.google.android.gms/.auth.Svc}, uid 10123
    ServiceInfo: AuthenticatorDescription {type=com.xiaomi}, ComponentInfo{com.xiaomi.account/.Svc}, uid 10124
"""

ACCOUNTS_NONE = """\
User UserInfo{0:Owner:c13}:
  Accounts: 0

  Active Sessions: 0
  RegisteredServicesCache: 1 services
    ServiceInfo: AuthenticatorDescription {type=com.google}, ComponentInfo{com.google.android.gms/.auth.Svc}, uid 10123
"""

ACCOUNTS_HARMLESS = ACCOUNTS_NONE.replace(
    "Accounts: 0\n", "Accounts: 1\n    Account {name=WhatsApp, type=com.whatsapp}\n"
)

ACCOUNTS_UNKNOWN_KIND = ACCOUNTS_NONE.replace(
    "Accounts: 0\n", "Accounts: 1\n    Account {name=me, type=com.example.cloud}\n"
)

POLICY_UNOWNED = """\
Current Device Policy Manager state:
  Immutable state:
    mHasFeature=true

  Device Owner:
  Device Owner Type: -1

  Enabled Device Admins (User 0, provisioningState: 0):
    com.google.android.gms/.mdm.receivers.MdmDeviceAdminReceiver:
      uid=10123
      testOnlyAdmin=false
"""

POLICY_OWNED = """\
Current Device Policy Manager state:
  Device Owner:
    admin=ComponentInfo{com.example.mdm/com.example.mdm.Admin}
    name=Exemple Logistique
    package=com.example.mdm
    User ID: 0

  Device Owner Type: 0
"""

POLICY_WORK_PROFILE = """\
Current Device Policy Manager state:
  Device Owner:
  Profile Owner (User 10):
    admin=ComponentInfo{com.example.work/.Admin}
    package=com.example.work

  Device Owner Type: -1
"""

POLICY_COMPANY_PHONE = POLICY_WORK_PROFILE.replace(
    "    package=com.example.work\n", "    package=com.example.work\n    isOrganizationOwnedDevice=true\n"
)

POLICY_SECURE_FOLDER = """\
Current Device Policy Manager state:
  Profile Owner (User 150):
    admin=ComponentInfo{com.samsung.knox.securefolder/com.samsung.knox.securefolder.containeragent.KnoxAdmin}
    package=com.samsung.knox.securefolder
    isOrganizationOwnedDevice=false

  Device Owner Type: -1
"""

BROKE_OFF = """
Exception occurred while dumping:
java.util.ConcurrentModificationException
\tat java.util.ArrayList$Itr.next(ArrayList.java:860)
"""

LOCK_SETTINGS = """\
Current lock settings service state:

User State:
  User 0
    SID: 1f2e3d4c5b6a7988
    Quality: 131072
    CredentialType: {kind}
    SeparateChallenge: true
  User 10
    CredentialType: Password
"""

TRUST = """\
Trust manager state:
 User "Owner" (id=0, flags=0x4c13) (current): trusted=0, trustManaged=0, deviceLocked={locked}, isActiveUnlockRunning=0
   Enabled agents:
 User "Work" (id=10, flags=0x1030): trusted=0, trustManaged=0, deviceLocked=1, isActiveUnlockRunning=0
"""

RESET_PROTECTION = """\
FRP state
=========
Enforcement enabled: {enforced}
FRP state: {active}
FRP secret present but omitted.
Verified boot state: green
Has FRP credential handle: false
FRP challenge block size: 0
"""

IMEI_PARCEL = """\
Result: Parcel(
  0x00000000: 00000000 0000000f 00360038 00320037 '........8.6.7.2.'
  0x00000010: 00340031 00330030 00370035 00350033 '1.4.0.3.5.7.3.5.'
  0x00000020: 00360038 00000038                   '8.6.8...        ')
"""

SECOND_IMEI_PARCEL = """\
Result: Parcel(
  0x00000000: 00000000 0000000f 00360038 00320037 '........8.6.7.2.'
  0x00000010: 00340031 00330030 00370035 00350033 '1.4.0.3.5.7.3.5.'
  0x00000020: 00370038 00000036                   '8.7.6...        ')
"""

REFUSED_PARCEL = """\
Result: Parcel(
  0x00000000: ffffffff 0000002e 00650067 00490074 '........g.e.t.I.'
  0x00000010: 0065006d 00460069 0072006f 006c0053 'm.e.i.F.o.r.S.l.')
"""

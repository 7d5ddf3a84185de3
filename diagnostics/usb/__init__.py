"""The USB bus: phones that no protocol answers for (recovery, DFU, fastboot, download, EDL, charging only)."""

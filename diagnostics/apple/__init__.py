"""iPhones over usbmux: the only room that knows pymobiledevice3."""

"""Practice iPhones: usbmux, lockdown, pairing, TLS and the diagnostic services, served from data."""

"""How somebody comes in and goes out: code, passkey, who they are, and the devices on which they are in."""

"""What is known of a person, why, and for how long: shown to them, handed to them, erased for them."""

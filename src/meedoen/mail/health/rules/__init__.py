"""What is wrong with mail, judged from what was asked and counted. Pure: whom to ask is passed in, and so is the time."""

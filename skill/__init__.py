"""The smart speaker's door: an HTTPS endpoint that turns Alexa requests into Turns, and Replies into speech."""

"""The kitchen-table door: microphone, words, conversation, speech."""

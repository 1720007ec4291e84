"""The third step: an article read for facts, each with how sure it is and the words it rests on."""

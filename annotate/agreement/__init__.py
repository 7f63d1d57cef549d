"""Agreement between coders. Plain numbers, no library: units are counted by pattern, spans swept once."""

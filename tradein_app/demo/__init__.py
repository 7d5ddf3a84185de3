"""The main job on the practice bench without a display: what ``make demo`` does in a terminal."""

"""The main job: submissions in, linked plans out. `running` steps, `deciding` decides, `reporting` reports."""

"""The drawing: a scene that follows the document, and the gestures by which people edit it."""

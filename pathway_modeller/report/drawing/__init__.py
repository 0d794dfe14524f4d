"""What charts are drawn with: panels, axes, marks, scales and layout in inches."""

"""What can be typed into the box that searches works: knows no models and no index."""

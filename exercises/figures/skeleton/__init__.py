"""Pose → skeleton: where each segment of the body is and how it is turned; and the geometry under all stages."""

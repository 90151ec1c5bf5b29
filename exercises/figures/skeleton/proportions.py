"""The skeleton's lengths, in centimetres: an adult of 172 cm, seven and a half heads tall."""

from typing import Final

HIP_OUT: Final = 8.4
"""A hip joint's distance from the middle plane; both are 90 above the floor."""
THIGH: Final = 42.0
SHANK: Final = 41.0
ANKLE_HEIGHT: Final = 7.0
"""The ankle joint above the sole."""
LUMBAR_UP: Final = 10.0
LUMBAR_BACK: Final = 1.0
THORAX_UP: Final = 14.0
NECK_UP: Final = 31.0
NECK_BACK: Final = 2.2
NECK: Final = 9.0
NECK_LEAN: Final = 14.0
"""Degrees the neck leans forward."""
SHOULDER_OUT: Final = 15.8
SHOULDER_UP: Final = 24.2
SHOULDER_BACK: Final = 0.8
UPPER_ARM: Final = 29.5
FOREARM: Final = 25.0
STRAIGHT_SLACK: Final = 0.15
"""A limb is never stretched further than its bones less this."""

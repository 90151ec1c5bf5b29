"""Postures nobody planned: random poses within what people can do, for tests of everything that draws them."""

from exercises.figures.pose.postures import (
    AimedHand,
    FixedTarget,
    FlatFoot,
    Hand,
    JointArm,
    JointLeg,
    OnSegment,
    Pin,
    Pose,
    ReachingArm,
    ReachingLeg,
    Root,
    Spine,
)

SPREAD = {
    "hip": ((-25, 120), (-20, 45), (-35, 50)),
    "shoulder": ((-40, 170), (-10, 150), (-60, 60)),
    "spine": ((-15, 35), (-20, 20), (-20, 20)),
    "neck": ((-30, 40), (-25, 25), (-50, 50)),
    "root": ((-100, 90), (-180, 180), (-95, 95)),
    "room": ((-60, 60), (5, 150), (-60, 60)),
}


def random_pose(rng):
    """Return a pose drawn by ``rng`` (``random.Random``): any way up, limbs by angles, to places or on segments."""
    return Pose(
        root=_root(rng),
        spine=Spine(_triple(rng, "spine"), _triple(rng, "spine")),
        neck=_triple(rng, "neck"),
        leg_l=_joint_leg(rng),
        leg_r=rng.choice((_joint_leg, _reaching_leg))(rng),
        arm_l=rng.choice((_joint_arm, _reaching_arm))(rng),
        arm_r=rng.choice((_joint_arm, _reaching_arm))(rng),
    )


def random_camera(rng):
    """Return the yaw and pitch of a camera."""
    return rng.uniform(-180, 180), rng.uniform(-20, 60)


def _triple(rng, kind):
    x, y, z = (rng.uniform(*bounds) for bounds in SPREAD[kind])
    return x, y, z


def _direction(rng):
    return tuple(rng.gauss(0, 1) for _ in range(3))


def _root(rng):
    if rng.random() < 0.5:
        return Root(_triple(rng, "root"), (0.0, 0.0, 0.0), Pin("foot_l", (0.0, -7.0, 0.0), (8.5, 0.0, 0.0)))
    return Root(_triple(rng, "root"), _triple(rng, "room"), None)


def _foot(rng):
    return FlatFoot(rng.uniform(-40, 40), rng.uniform(-20, 30), rng.uniform(-10, 10)) if rng.random() < 0.3 else None


def _joint_leg(rng):
    return JointLeg(_triple(rng, "hip"), rng.uniform(0, 135), rng.uniform(-50, 20), rng.uniform(0, 15), _foot(rng))


def _reaching_leg(rng):
    target = rng.choice((FixedTarget(_triple(rng, "room")), OnSegment("thigh_l", (0.0, rng.uniform(-40, 0), 10.0))))
    return ReachingLeg(target, _direction(rng), rng.uniform(-40, 40), rng.uniform(-30, 20), 6.0, _foot(rng))


def _hand(rng):
    ways = {"fingers": _direction(rng), "palm": _direction(rng)} if rng.random() < 0.5 else {}
    return (AimedHand if ways else Hand)(rng.random(), rng.uniform(-20, 20), **ways)


def _joint_arm(rng):
    elbow, pron, wrist = rng.uniform(0, 140), rng.uniform(-80, 80), rng.uniform(-50, 60)
    return JointArm(_triple(rng, "shoulder"), elbow, pron, wrist, _hand(rng))


def _reaching_arm(rng):
    targets = (
        FixedTarget(_triple(rng, "room")),
        OnSegment(rng.choice(("thigh_r", "head", "chest")), (5.0, -10.0, 12.0)),
    )
    return ReachingArm(rng.choice(targets), _direction(rng), rng.uniform(-80, 80), 0.0, _hand(rng))

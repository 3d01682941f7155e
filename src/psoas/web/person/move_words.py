"""How the things of a plan are said to a person: sides, amounts, what hurts, what is at hand."""

from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from psoas.care.programme.dosage import Amount
from psoas.content.exercise import Exercise

# What a clinician may have called it, and how it feels where nobody has.
CATEGORIES: Final = {
    "oa": (
        _("Worn hip joint"),
        _("Osteoarthritis. Stiff for a while in the morning, sore from walking."),
    ),
    "gtp": (
        _("Sore tendon at the outer hip"),
        _("Gluteal tendon. Lying on that side or standing on that leg hurts."),
    ),
    "fai": (
        _("Pinching in the groin"),
        _("Impingement. It pinches when the hip bends far: deep chairs, squats."),
    ),
    "tight-front": (
        _("Tight at the front of the hip"),
        _("It pulls after long sitting, or when the leg goes back."),
    ),
    "spine": (
        _("It comes from the back"),
        _("Back and leg hurt together, or change with the back."),
    ),
    "distress": (
        _("It has lasted long, and it weighs on me"),
        _("Your minutes then begin with walking and breath."),
    ),
}
CONDITIONS: Final = {
    "kneeling-hurts": _("Kneeling hurts"),
    "knee-hurts": _("A knee hurts"),
    "wrists-hurt": _("Leaning on my hands hurts"),
    "back-hurts": _("My low back hurts"),
    "unsteady": _("I am not steady on one leg"),
    "lying-flat-is-hard": _("Lying flat on my back is hard"),
    "no-twisting": _("Twisting the knee hurts, or it was injured"),
    "pelvic-girdle-pain": _("The front or back of the pelvis hurts when I spread my legs"),
    "prolapse": _("Heaviness or a bulge below, at the pelvic floor"),
    "blood-pressure": _("High blood pressure that is not controlled"),
    "blood-thinners": _("I take blood thinners"),
    "adductor-strain": _("A strained or torn muscle at the inner thigh"),
    "seizures": _("Seizures"),
    "open-wound": _("An open wound"),
}
# Beside what an exercise says for whoever has it.
HOLDS_FOR: Final = {
    "oa": _("A worn hip joint"),
    "gtp": _("A sore tendon at the outer hip"),
    "fai": _("Pinching in the groin"),
    "tight-front": _("A tight front of the hip"),
    "distress": _("A time of much strain"),
    "thr": _("A replaced hip"),
    "thr-anterior": _("A hip replaced from the front"),
    "pregnancy": _("Pregnancy, and the weeks after"),
    "kneeling-hurts": _("Kneeling hurts"),
    "knee-hurts": _("A sore knee"),
    "wrists-hurt": _("Sore wrists"),
    "back-hurts": _("A sore low back"),
    "unsteady": _("Not steady on one leg"),
    "lying-flat-is-hard": _("Lying flat is hard"),
    "no-twisting": _("A knee that must not twist"),
    "pelvic-girdle-pain": _("Pain of the pelvic ring"),
    "prolapse": _("Heaviness at the pelvic floor"),
    "blood-pressure": _("High blood pressure"),
    "blood-thinners": _("Blood thinners"),
    "adductor-strain": _("A strained inner thigh"),
    "seizures": _("Seizures"),
    "open-wound": _("An open wound"),
}
EQUIPMENT: Final = {
    "wall": _("A free wall"),
    "chair": _("A firm chair"),
    "mat": _("A mat or carpet"),
    "bed": _("A bed with a firm edge"),
    "cushion": _("A cushion to kneel on"),
    "pillow": _("A pillow"),
    "blanket": _("A blanket"),
    "bolster": _("A bolster or a rolled blanket"),
    "step": _("A low step"),
    "rail": _("A rail to hold"),
    "door-frame": _("A door frame to hold"),
    "band": _("An exercise band"),
    "ball": _("A tennis ball"),
    "shoes": _("Shoes to walk in"),
    "pool": _("A pool nearby"),
}
GOALS: Final = {
    "walking": _("Walking further"),
    "stairs": _("Stairs"),
    "rising": _("Getting up from a chair"),
    "sitting": _("Sitting for longer"),
    "sleep": _("Sleeping"),
    "shoes": _("Shoes and socks"),
    "calm": _("Being calmer"),
}
WHEN: Final = {
    "": _("As the clock says"),
    "morning": _("In the morning"),
    "evening": _("In the evening"),
}
GROUPS: Final = {
    "mobility": _("Moving gently"),
    "stretch": _("Stretching"),
    "strength": _("Strength"),
    "walking": _("Walking"),
    "water": _("In the water"),
    "yoga": _("Yoga"),
    "massage": _("Self-massage"),
    "rest": _("Rest"),
    "breath": _("Breath"),
    "relaxation": _("Relaxing"),
    "attention": _("Attention"),
    "writing": _("Writing"),
    "information": _("To read"),
}
STRENGTHS: Final = {
    "good": _("Good evidence"),
    "some": _("Some evidence"),
    "weak": _("Weak evidence"),
    "none": _("No evidence"),
    "ck": _("Common clinical knowledge; no source was found"),
}
SIDES: Final = {
    "left": _("left side"),
    "right": _("right side"),
    "each": _("each side"),
    "alternating": _("side to side"),
}


def amount_in_words(amount: Amount, side: str) -> str:
    """ "2 × 30 seconds, each side": what is counted, how often, and on which side."""
    if amount.hold_s:
        once = ngettext("%(n)s second", "%(n)s seconds", amount.hold_s) % {"n": amount.hold_s}
    elif amount.reps:
        once = ngettext("%(n)s time", "%(n)s times", amount.reps) % {"n": amount.reps}
    elif not amount.minutes:
        return gettext("as long as you like")
    else:
        return minutes_in_words(amount.minutes)
    if amount.sets > 1:
        once = gettext("%(sets)s × %(once)s") % {"sets": amount.sets, "once": once}
    where = SIDES.get(side)
    return gettext("%(once)s, %(where)s") % {"once": once, "where": where} if where else once


def minutes_in_words(minutes: float) -> str:
    """Minutes as they are said: halves stay halves."""
    text = f"{minutes:g}"
    return ngettext("%(n)s minute", "%(n)s minutes", 1 if minutes == 1 else 2) % {"n": text}


def usual_dose(exercise: Exercise) -> str:
    """How much of it is usual, as its file says; empty where nothing is counted."""
    dose = exercise.dose
    span = f"{dose.low:g}" if dose.low == dose.high else f"{dose.low:g}–{dose.high:g}"
    if dose.kind in ("night", "none"):
        return ""
    texts = {
        "hold": gettext("%(span)s seconds"),
        "reps": gettext("%(span)s times"),
        "breaths": gettext("%(span)s breaths"),
        "minutes": gettext("%(span)s minutes"),
    }
    once = texts[dose.kind] % {"span": span}
    if dose.sets > 1:
        once = gettext("%(sets)s × %(once)s") % {"sets": dose.sets, "once": once}
    where = {"one at a time": SIDES["each"], "alternating": SIDES["alternating"]}.get(exercise.side)
    return gettext("%(once)s, %(where)s") % {"once": once, "where": where} if where else once

"""The plain rules: one number, a sum, a mean. Nothing is counted where an answer is missing."""

import math

from psoas.content.questionnaire import Questionnaire
from psoas.scales.answers import Numbers, complete, counted
from psoas.scales.score import Found


def single(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The first scored item is the score."""
    return Found(counted(questionnaire, answers)[0])


def total(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of all scored items, all of them answered."""
    values = complete(counted(questionnaire, answers))
    return Found(None if values is None else math.fsum(values))


def mean(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The mean of all scored items, all of them answered."""
    values = complete(counted(questionnaire, answers))
    return Found(None if values is None else math.fsum(values) / len(values))


def mean_of_answered(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The mean of the scored items that are answered, if there is one."""
    values = [value for value in counted(questionnaire, answers) if value is not None]
    return Found(math.fsum(values) / len(values) if values else None)

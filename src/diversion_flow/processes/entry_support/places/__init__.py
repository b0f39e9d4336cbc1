"""Variants of places and models that the sources document (domain section 6): edits over
whatever version of the law is in force."""

from . import (
    akashi,
    centers,
    ehime,
    fukuoka,
    osaka,
    prosecutor_led,
    release_notice,
    tottori,
    yorisoi,
)

VARIANTS = (
    osaka.DISABLED_ONLY,
    osaka.OSAKA,
    ehime.EHIME,
    tottori.TOTTORI,
    fukuoka.PREFECTURE,
    fukuoka.CITY,
    akashi.AKASHI,
    yorisoi.AICHI,
    yorisoi.FUKUOKA,
    centers.CHIBA,
    centers.NAGASAKI,
    centers.HYOGO,
    centers.SHIMANE,
    prosecutor_led.PROSECUTOR_LED,
    centers.MIE,
    release_notice.RELEASE_NOTICE,
)

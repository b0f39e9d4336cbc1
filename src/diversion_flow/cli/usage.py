"""A wrong call, which the parser of the command line tells in English, as an error of ours."""

from __future__ import annotations

from typing import Any, Final

from typer import BadParameter
from typer.core import TyperGroup

from ..definition import LANGUAGES, CallError, DiversionFlowError, Pattern, Text, UnknownId
from ..definition.phrasing import phrasing

# The parser's base of all that is wrong with a call; newer versions bring it in another place.
UsageError: Final[type[Exception]] = BadParameter.__mro__[1]

_WHOLE: Final = Text("0 以上の整数", "a whole number from 0")
# What a value must be, by the name of its parameter.
WANTED: Final = {
    "lang": Text("ja 又は en", "ja or en"),
    "after": _WHOLE,
    "effort": _WHOLE,
    "tries": _WHOLE,
    "fail_under": Text("0 から 100 までの数", "a number from 0 to 100"),
    "pattern": Text(*[" ".join(pattern.value for pattern in Pattern)] * 2),
}
_OR_BOTH: Final = Text("{0}(二つの言語の図: {1})", "{0} (in two languages there are: {1})")


def only_with(other: str, **given: object) -> None:
    """CallError for an option that says nothing without another one."""
    for name, value in given.items():
        if value is not None:
            raise CallError("call_only_with", option=f"--{name}", other=other)


class Commands(TyperGroup):
    """The commands; a name that is none of them is told with the nearest."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise UnknownId("command", args[0], self.commands)
        return super().resolve_command(ctx, args)


def told(error: Any) -> DiversionFlowError:
    """The parser's complaint in our words; in its own where it is of a kind not known here."""
    see = getattr(error.ctx, "command_path", "diversion-flow") + " --help"
    name = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption" if isinstance(error.ctx.command, Commands):
            return CallError("call_before", option=name)
        case "NoSuchOption":
            return UnknownId("option", name, [o for p in error.ctx.command.params for o in p.opts])
        case "BadOptionUsage":
            return CallError("call_option", option=name, see=see)
        case "MissingParameter":
            return CallError("call_missing", name=_name(param), see=see)
        case "BadParameter" if param is not None and param.name in WANTED:
            return CallError("call_value", name=_name(param), wanted=_wanted(error, param.name))
    said = error.format_message().rstrip(".")
    if "unexpected extra" in said:
        return CallError("call_extra", words=said.partition(" (")[2].rstrip(")"), see=see)
    return CallError("call_wrong", said=said, see=see)


def _wanted(error: Any, name: str) -> Text:
    """What the value must be; of a drawing's language, what is drawn in two of them as well."""
    wanted = WANTED[name]
    if (name, error.ctx.info_name) != ("lang", "draw"):
        return wanted
    from ..diagram.views.sheets import BILINGUAL

    return Text(*(said(_OR_BOTH, said(wanted), said.join(BILINGUAL))
                  for said in map(phrasing, LANGUAGES)))  # fmt: skip


def _name(param: Any) -> str:
    return str(param.opts[-1] if param.param_type_name == "option" else param.name.upper())

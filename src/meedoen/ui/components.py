"""Components with a signature: what a call needs and may have, checked when the template is compiled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.template import Context, Engine, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Template, Token, Variable, token_kwargs
from django.utils.safestring import SafeString, mark_safe

Content = Literal["none", "optional", "required"]


class ComponentError(ValueError):
    """A component was given nothing where it needs text; only known when the page is rendered."""


@dataclass(frozen=True)
class Signature:
    """What a component takes."""

    name: str
    template: str
    required: tuple[str, ...] = ()
    optional: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    content: Content = "none"

    def check(self, given: Mapping[str, FilterExpression]) -> None:
        """Refuse a call that does not fit, with what it should be."""
        for name in self.required:
            if name not in given:
                raise TemplateSyntaxError(f"{{% {self.name} %}} needs {name}=…")
        if self.one_of and len(given.keys() & set(self.one_of)) != 1:
            raise TemplateSyntaxError(f"{{% {self.name} %}} needs one of: {', '.join(self.one_of)}")
        for name, expression in given.items():
            if name not in self.required and name not in self.optional:
                known = ", ".join([*self.required, *self.optional])
                raise TemplateSyntaxError(f"{{% {self.name} %}} has no {name}=…; it takes: {known}")
            literal = _literal(expression)
            if literal is None:
                continue
            if name in self.choices and literal not in self.choices[name]:
                allowed = ", ".join(map(str, self.choices[name]))
                raise TemplateSyntaxError(f"{{% {self.name} {name}={literal!r} %}}: choose from {allowed}")
            if (name in self.required or name in self.one_of) and isinstance(literal, str) and not literal.strip():
                raise TemplateSyntaxError(f"{{% {self.name} %}} needs text in {name}=…")


class ComponentNode(Node):
    """One call of a component in a template."""

    child_nodelists = ("nodelist",)

    def __init__(self, signature: Signature, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.signature = signature
        self.given = given
        self.nodelist = nodelist
        self._template: Template | None = None

    def render(self, context: Context) -> SafeString:
        signature = self.signature
        values = dict(signature.optional)
        for name in signature.wants:
            values[name] = context.get(name)
        for name, expression in self.given.items():
            values[name] = expression.resolve(context)
        for name in signature.required:
            if _is_nothing(values[name]):
                raise ComponentError(f"{{% {signature.name} %}} got nothing in {name}=…")
        if signature.one_of and all(values[name] is False or _is_nothing(values[name]) for name in signature.one_of):
            raise ComponentError(f"{{% {signature.name} %}} got nothing in {' or '.join(signature.one_of)}")
        for name, allowed in signature.choices.items():
            if values[name] not in allowed:
                raise ComponentError(f"{{% {signature.name} %}} got {name}={values[name]!r}; choose from {allowed}")
        if signature.content != "none":
            values["content"] = self.nodelist.render(context)
            if signature.content == "required" and not values["content"].strip():
                raise ComponentError(f"{{% {signature.name} %}} has no content")
        if self._template is None:
            self._template = Engine.get_default().get_template(signature.template)
        own = Context(values, use_l10n=False)  # numbers in markup stay numbers; for readers there is dutch_number
        own.template = self._template  # rendered as a part, so that the engine is known
        with own.render_context.push_state(self._template):
            return mark_safe(self._template.nodelist.render(own).strip())


def component(
    register: Library,
    name: str,
    template: str,
    *,
    required: Iterable[str] = (),
    optional: Mapping[str, Any] | None = None,
    choices: Mapping[str, Iterable[Any]] | None = None,
    one_of: Iterable[str] = (),
    wants: Iterable[str] = (),
    content: Content = "none",
) -> Signature:
    """Register the tag ``name``: ``{% name a=… %}``, or with content ``{% name a=… %}…{% endname %}``.

    ``required`` attributes must be there and hold something; ``optional`` ones come with their default; ``choices``
    says which values an attribute takes; of ``one_of``, which are optional too, exactly one must be given. A
    component sees nothing of the page around it but what it ``wants``, and must do without that too.
    """
    signature = Signature(
        name=name,
        template=template,
        required=tuple(required),
        optional=dict(optional or {}),
        choices={key: tuple(values) for key, values in (choices or {}).items()},
        one_of=tuple(one_of),
        wants=tuple(wants),
        content=content,
    )

    def compile_call(parser: Parser, token: Token) -> ComponentNode:
        bits = token.split_contents()[1:]
        rest = list(bits)
        given = token_kwargs(rest, parser)
        if rest:
            raise TemplateSyntaxError(f"{{% {name} %}}: write {rest[0]} as name=value")
        signature.check(given)
        nodelist = NodeList()
        if content != "none":
            nodelist = parser.parse((f"end{name}",))
            parser.delete_first_token()
            if content == "required" and not any(str(getattr(node, "s", "x")).strip() for node in nodelist):
                raise TemplateSyntaxError(f"{{% {name} %}} needs content before {{% end{name} %}}")
        return ComponentNode(signature, given, nodelist)

    register.tag(name, compile_call)
    return signature


def _is_nothing(value: Any) -> bool:
    """Whether a reader would get nothing; 0 and False are something. A form or field is never asked for its length."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | dict) and not value)


def _literal(expression: FilterExpression) -> Any:
    """The value of a call's argument when it is written out, else None."""
    if expression.filters:
        return None
    var = expression.var
    if isinstance(var, Variable):
        return None if var.lookups else var.literal
    return str(var)  # written out, plain or in _("…")

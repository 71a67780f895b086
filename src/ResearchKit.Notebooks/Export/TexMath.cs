using System.Globalization;
using System.Net;
using System.Text;

namespace ResearchKit.Notebooks.Export;

/// <summary>
/// Formulas in TeX as MathML, which browsers set without a script. What papers commonly use is known; a formula with anything
/// else is given back as it was written.
/// </summary>
static class TexMath
{
    const int MaxLength = 20_000;
    const int MaxDepth = 60;

    /// <summary>A formula as markup: MathML, or its source as code where something in it is not known.</summary>
    /// <param name="tex">The formula without the dollars around it.</param>
    /// <param name="display">True for a formula in a line of its own.</param>
    public static string ToHtml(string tex, bool display)
    {
        try
        {
            if (tex.Length <= MaxLength)
                return new Parser(tex).Formula(display);
        }
        catch (UnknownTexException)
        {
            // Shown as it was written.
        }
        return $"<code class=\"tex\">{Encoded(display ? $"$${tex}$$" : $"${tex}$")}</code>";
    }

    static string Encoded(string text) => WebUtility.HtmlEncode(text);

    sealed class UnknownTexException(string what) : Exception(what);

    static readonly Dictionary<string, string> s_identifiers = Pairs(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π "
        + "varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π "
        + "Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ Re ℜ Im ℑ aleph ℵ imath ı jmath ȷ "
        + "top ⊤ bot ⊥ ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ forall ∀ exists ∃ nexists ∄ angle ∠ triangle △ prime ′ degree °");

    static readonly Dictionary<string, string> s_operators = Pairs(
        "times × cdot ⋅ pm ± mp ∓ div ÷ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ "
        + "neg ¬ lnot ¬ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ "
        + "supset ⊃ supseteq ⊇ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ "
        + "longrightarrow ⟶ longleftarrow ⟵ uparrow ↑ downarrow ↓ perp ⊥ parallel ∥ mid ∣ nmid ∤ colon : vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ "
        + "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ] backslash ∖ triangleq ≜ doteq ≐ prec ≺ succ ≻ "
        + "preceq ⪯ succeq ⪰ models ⊨ vdash ⊢ therefore ∴ because ∵ leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ dagger † ddagger ‡ S §");

    // Their limits stand above and below in formulas of their own.
    static readonly Dictionary<string, string> s_large = Pairs(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀");

    static readonly Dictionary<string, string> s_integrals = Pairs("int ∫ iint ∬ iiint ∭ oint ∮");

    static readonly HashSet<string> s_functions =
        [.. "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg dim ker hom deg".Split(' ')];

    static readonly HashSet<string> s_limits = [.. "max min sup inf lim limsup liminf argmax argmin det gcd Pr".Split(' ')];

    static readonly Dictionary<string, string> s_accents = Pairs(
        "hat ^ widehat ^ tilde ~ widetilde ~ bar ¯ overline ¯ vec → overrightarrow → dot ˙ ddot ¨ check ˇ breve ˘ acute ´ grave ` overbrace ⏞");

    static readonly Dictionary<string, string> s_spaces = new()
    {
        [","] = "0.1667em",
        [":"] = "0.2222em",
        [">"] = "0.2222em",
        [";"] = "0.2778em",
        ["!"] = "-0.1667em",
        [" "] = "0.25em",
        ["quad"] = "1em",
        ["qquad"] = "2em",
        ["enspace"] = "0.5em",
        ["thinspace"] = "0.1667em",
        ["medspace"] = "0.2222em",
        ["thickspace"] = "0.2778em",
    };

    static readonly Dictionary<string, string> s_sizes = new()
    {
        ["big"] = "1.2em",
        ["Big"] = "1.8em",
        ["bigg"] = "2.4em",
        ["Bigg"] = "3em",
    };

    static readonly Dictionary<string, (string Open, string Close)> s_environments = new()
    {
        ["matrix"] = ("", ""),
        ["smallmatrix"] = ("", ""),
        ["pmatrix"] = ("(", ")"),
        ["bmatrix"] = ("[", "]"),
        ["Bmatrix"] = ("{", "}"),
        ["vmatrix"] = ("|", "|"),
        ["Vmatrix"] = ("‖", "‖"),
        ["cases"] = ("{", ""),
        ["array"] = ("", ""),
        ["aligned"] = ("", ""),
        ["align"] = ("", ""),
        ["align*"] = ("", ""),
        ["split"] = ("", ""),
        ["gathered"] = ("", ""),
        ["gather"] = ("", ""),
        ["gather*"] = ("", ""),
        ["equation"] = ("", ""),
        ["equation*"] = ("", ""),
    };

    static Dictionary<string, string> Pairs(string words)
    {
        var parts = words.Split(' ');
        return Enumerable.Range(0, parts.Length / 2).ToDictionary(i => parts[2 * i], i => parts[(2 * i) + 1]);
    }

    /// <summary>Recursive descent over the source; every piece of markup is made here, and all that comes from the source is encoded.</summary>
    sealed class Parser(string tex)
    {
        int _at;
        int _depth;

        // An atom, and whether its limits stand above and below it.
        readonly record struct Atom(string Markup, bool Limits = false);

        public string Formula(bool display)
        {
            var body = Row(() => _at >= tex.Length);
            var block = display ? " display=\"block\"" : "";
            return $"<math{block}><semantics><mrow>{body}</mrow><annotation encoding=\"application/x-tex\">{Encoded(tex)}</annotation></semantics></math>";
        }

        string Row(Func<bool> ends)
        {
            if (++_depth > MaxDepth)
                throw new UnknownTexException("too deep");
            var row = new StringBuilder();
            for (Spaces(); !ends(); Spaces())
            {
                if (_at >= tex.Length)
                    throw new UnknownTexException("no end");
                row.Append(Scripted());
            }
            _depth--;
            return row.ToString();
        }

        void Spaces()
        {
            while (_at < tex.Length)
            {
                if (char.IsWhiteSpace(tex[_at]))
                    _at++;
                else if (tex[_at] == '%')
                    _at = tex.IndexOf('\n', _at) is var end and >= 0 ? end : tex.Length;
                else
                    return;
            }
        }

        string Scripted()
        {
            var atom = tex[_at] is '^' or '_' ? new Atom("<mrow></mrow>") : One();
            string? under = null, over = null;
            var limits = atom.Limits;
            for (Spaces(); _at < tex.Length; Spaces())
            {
                if (Takes("\\limits") || Takes("\\nolimits"))
                {
                    limits = tex[_at - "limits".Length - 1] == '\\';
                }
                else if (tex[_at] == '\'')
                {
                    var primes = 0;
                    for (; _at < tex.Length && tex[_at] == '\''; _at++)
                        primes++;
                    over = $"{over}<mo>{new string('′', primes)}</mo>";
                }
                else if (tex[_at] is '^' or '_')
                {
                    var up = tex[_at++] == '^';
                    if (up ? over is not null && !over.StartsWith("<mo>′", StringComparison.Ordinal) : under is not null)
                        throw new UnknownTexException("two scripts");
                    var script = Argument();
                    (over, under) = up ? ($"{over}{script}", under) : (over, script);
                }
                else
                {
                    break;
                }
            }
            string Grouped(string? markup) => $"<mrow>{markup}</mrow>";
            return (under, over, limits) switch
            {
                (null, null, _) => atom.Markup,
                (not null, null, false) => $"<msub>{atom.Markup}{Grouped(under)}</msub>",
                (null, not null, false) => $"<msup>{atom.Markup}{Grouped(over)}</msup>",
                (not null, not null, false) => $"<msubsup>{atom.Markup}{Grouped(under)}{Grouped(over)}</msubsup>",
                (not null, null, true) => $"<munder>{atom.Markup}{Grouped(under)}</munder>",
                (null, not null, true) => $"<mover>{atom.Markup}{Grouped(over)}</mover>",
                _ => $"<munderover>{atom.Markup}{Grouped(under)}{Grouped(over)}</munderover>",
            };
        }

        // What follows a command, ^ or _: a group or one atom.
        string Argument()
        {
            Spaces();
            if (_at >= tex.Length)
                throw new UnknownTexException("nothing follows");
            if (char.IsAsciiDigit(tex[_at]))
                return $"<mn>{tex[_at++]}</mn>";
            if (++_depth > MaxDepth)
                throw new UnknownTexException("too deep");
            var argument = One().Markup;
            _depth--;
            return argument;
        }

        Atom One()
        {
            var c = tex[_at];
            switch (c)
            {
                case '{':
                    _at++;
                    var group = Row(() => _at < tex.Length && tex[_at] == '}');
                    _at++;
                    return new($"<mrow>{group}</mrow>");
                case '\\':
                    return Command();
                case '}' or '&' or '$' or '#':
                    throw new UnknownTexException($"{c}");
                case '~':
                    _at++;
                    return new("<mspace width=\"0.25em\"></mspace>");
            }
            if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < tex.Length && char.IsAsciiDigit(tex[_at + 1])))
            {
                var start = _at;
                // A comma between digits separates thousands; one before a space does not.
                while (_at < tex.Length && (char.IsAsciiDigit(tex[_at]) || (tex[_at] == '.' && _at + 1 < tex.Length && char.IsAsciiDigit(tex[_at + 1]))))
                    _at++;
                return new($"<mn>{tex[start.._at]}</mn>");
            }
            if (Rune.TryGetRuneAt(tex, _at, out var rune))
            {
                _at += rune.Utf16SequenceLength;
                if (Rune.IsLetter(rune))
                    return new($"<mi>{Encoded(rune.ToString())}</mi>");
                return new(c switch
                {
                    '-' => "<mo>−</mo>",
                    '*' => "<mo>∗</mo>",
                    '|' => "<mo stretchy=\"false\">|</mo>",
                    '(' or ')' or '[' or ']' => $"<mo stretchy=\"false\">{c}</mo>",
                    ',' or ';' => $"<mo separator=\"true\">{c}</mo>",
                    _ when Rune.IsControl(rune) => throw new UnknownTexException("control character"),
                    _ => $"<mo>{Encoded(rune.ToString())}</mo>",
                });
            }
            throw new UnknownTexException("half of a character");
        }

        Atom Command()
        {
            var name = Name();
            if (s_identifiers.TryGetValue(name, out var letter))
                return new(char.IsUpper(letter[0]) ? $"<mi mathvariant=\"normal\">{letter}</mi>" : $"<mi>{letter}</mi>");
            if (s_large.TryGetValue(name, out var large))
                return new($"<mo>{large}</mo>", Limits: true);
            if (s_integrals.TryGetValue(name, out var integral))
                return new($"<mo>{integral}</mo>");
            if (s_operators.TryGetValue(name, out var sign))
                return new(sign is "|" or "‖" or "⟨" or "⟩" or "⌊" or "⌋" or "⌈" or "⌉" or "{" or "}" or "[" or "]"
                    ? $"<mo stretchy=\"false\">{sign}</mo>" : $"<mo>{Encoded(sign)}</mo>");
            if (s_functions.Contains(name))
                return new($"<mrow><mi>{name}</mi><mo>\u2061</mo></mrow>");
            if (s_limits.Contains(name))
                return new($"<mo lspace=\"0\" rspace=\"0.1667em\" movablelimits=\"true\">{(name.StartsWith("arg", StringComparison.Ordinal) ? $"arg {name[3..]}" : name)}</mo>", Limits: true);
            if (s_spaces.TryGetValue(name, out var width))
                return new($"<mspace width=\"{width}\"></mspace>");
            if (s_accents.TryGetValue(name, out var accent))
                return new($"<mover accent=\"true\">{Argument()}<mo stretchy=\"{(name is "hat" or "tilde" or "bar" or "vec" or "dot" or "ddot" ? "false" : "true")}\">{accent}</mo></mover>", name == "overbrace");
            if (s_sizes.TryGetValue(name is ['b' or 'B', .., 'l' or 'r' or 'm'] ? name[..^1] : name, out var size))
                return new($"<mo stretchy=\"true\" symmetric=\"true\" minsize=\"{size}\" maxsize=\"{size}\"{(name[^1] == 'l' ? " form=\"prefix\"" : name[^1] == 'r' ? " form=\"postfix\"" : "")}>{Encoded(Delimiter())}</mo>");
            return name switch
            {
                "frac" or "cfrac" => new($"<mfrac>{Argument()}{Argument()}</mfrac>"),
                "dfrac" => new($"<mstyle displaystyle=\"true\"><mfrac>{Argument()}{Argument()}</mfrac></mstyle>"),
                "tfrac" => new($"<mstyle displaystyle=\"false\" scriptlevel=\"0\"><mfrac>{Argument()}{Argument()}</mfrac></mstyle>"),
                "binom" => new($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>"),
                "sqrt" => Root(),
                "underline" => new($"<munder>{Argument()}<mo stretchy=\"true\">_</mo></munder>"),
                "underbrace" => new($"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>", Limits: true),
                "overset" or "stackrel" => Argument() is var over ? new($"<mover>{Argument()}{over}</mover>") : default,
                "underset" => Argument() is var under ? new($"<munder>{Argument()}{under}</munder>") : default,
                "text" or "textrm" or "mbox" or "textnormal" => new($"<mtext>{Encoded(Raw()).Replace(' ', '\u00a0')}</mtext>"),
                "textbf" => new($"<mtext class=\"bold\">{Encoded(Raw()).Replace(' ', '\u00a0')}</mtext>"),
                "textit" or "emph" => new($"<mtext class=\"italic\">{Encoded(Raw()).Replace(' ', '\u00a0')}</mtext>"),
                "texttt" => new($"<mtext class=\"mono\">{Encoded(Raw()).Replace(' ', '\u00a0')}</mtext>"),
                "mathrm" or "mathsf" or "mathtt" => new($"<mi mathvariant=\"normal\">{Encoded(Word())}</mi>"),
                "mathbf" or "boldsymbol" or "bm" => new(Styled(0x1D400, 0x1D41A, [])),
                "mathcal" or "mathscr" => new(Styled(0x1D49C, 0x1D4B6, new() { ['B'] = "ℬ", ['E'] = "ℰ", ['F'] = "ℱ", ['H'] = "ℋ", ['I'] = "ℐ", ['L'] = "ℒ", ['M'] = "ℳ", ['R'] = "ℛ", ['e'] = "ℯ", ['g'] = "ℊ", ['o'] = "ℴ" })),
                "mathbb" => new(Styled(0x1D538, 0x1D552, new() { ['C'] = "ℂ", ['H'] = "ℍ", ['N'] = "ℕ", ['P'] = "ℙ", ['Q'] = "ℚ", ['R'] = "ℝ", ['Z'] = "ℤ" })),
                "mathit" or "mathnormal" => new(Argument()),
                "operatorname" or "operatorname*" => new($"<mo lspace=\"0\" rspace=\"0.1667em\" movablelimits=\"true\">{Encoded(Word())}</mo>", name[^1] == '*'),
                "left" => Fenced(),
                "begin" => Environment(),
                "displaystyle" or "textstyle" or "scriptstyle" => new($"<mstyle displaystyle=\"{(name == "displaystyle" ? "true" : "false")}\"{(name == "scriptstyle" ? " scriptlevel=\"1\"" : "")}>{Rest()}</mstyle>"),
                "bmod" or "mod" => new("<mo lspace=\"0.2222em\" rspace=\"0.2222em\">mod</mo>"),
                "pmod" => new($"<mrow><mspace width=\"1em\"></mspace><mo stretchy=\"false\">(</mo><mi>mod</mi><mspace width=\"0.3em\"></mspace>{Argument()}<mo stretchy=\"false\">)</mo></mrow>"),
                "tag" => new($"<mrow><mspace width=\"2em\"></mspace><mtext>({Encoded(Raw())})</mtext></mrow>"),
                "label" => Raw() is not null ? new("<mrow></mrow>") : default,
                "nonumber" or "notag" => new("<mrow></mrow>"),
                "%" or "$" or "#" or "&" or "_" => new($"<mi mathvariant=\"normal\">{Encoded(name)}</mi>"),
                "{" or "}" => new($"<mo stretchy=\"false\">{name}</mo>"),
                "|" => new("<mo stretchy=\"false\">‖</mo>"),
                _ => throw new UnknownTexException(name),
            };
        }

        string Name()
        {
            _at++;
            if (_at >= tex.Length)
                throw new UnknownTexException("\\");
            var start = _at++;
            if (!char.IsAsciiLetter(tex[start]))
                return char.IsWhiteSpace(tex[start]) ? " " : tex[start.._at];
            while (_at < tex.Length && char.IsAsciiLetter(tex[_at]))
                _at++;
            if (_at < tex.Length && tex[_at] == '*' && tex[start.._at] == "operatorname")
                _at++;
            return tex[start.._at];
        }

        Atom Root()
        {
            Spaces();
            if (_at >= tex.Length || tex[_at] != '[')
                return new($"<msqrt>{Argument()}</msqrt>");
            _at++;
            var degree = Row(() => _at < tex.Length && tex[_at] == ']');
            _at++;
            return new($"<mroot>{Argument()}<mrow>{degree}</mrow></mroot>");
        }

        Atom Fenced()
        {
            var open = Delimiter();
            var body = new StringBuilder();
            while (true)
            {
                body.Append(Row(() => At("\\right") || At("\\middle")));
                var middle = Takes("\\middle");
                if (!middle)
                    break;
                body.Append(CultureInfo.InvariantCulture, $"<mo stretchy=\"true\">{Encoded(Delimiter())}</mo>");
            }
            _at += "\\right".Length;
            return new($"<mrow>{Fence(open, "prefix")}{body}{Fence(Delimiter(), "postfix")}</mrow>");
        }

        static string Fence(string sign, string form) =>
            sign.Length == 0 ? "" : $"<mo stretchy=\"true\" symmetric=\"true\" fence=\"true\" form=\"{form}\">{Encoded(sign)}</mo>";

        string Delimiter()
        {
            Spaces();
            if (_at >= tex.Length)
                throw new UnknownTexException("no delimiter");
            if (tex[_at] == '\\')
            {
                var name = Name();
                return name == "|" ? "‖" : name is "{" or "}" ? name : s_operators.TryGetValue(name, out var sign) ? sign : throw new UnknownTexException(name);
            }
            var c = tex[_at++];
            return c switch
            {
                '.' => "",
                '<' => "⟨",
                '>' => "⟩",
                '(' or ')' or '[' or ']' or '|' or '/' => $"{c}",
                _ => throw new UnknownTexException($"{c}"),
            };
        }

        Atom Environment()
        {
            var name = Raw();
            if (!s_environments.TryGetValue(name, out var fences))
                throw new UnknownTexException(name);
            if (name == "array")
                Raw();
            var rows = new List<List<string>> { new() };
            while (true)
            {
                rows[^1].Add(Row(() => At("\\end") || At("\\\\") || (_at < tex.Length && tex[_at] == '&')));
                if (_at < tex.Length && tex[_at] == '&')
                {
                    _at++;
                }
                else if (Takes("\\\\"))
                {
                    rows.Add([]);
                }
                else
                {
                    _at += "\\end".Length;
                    if (Raw() != name)
                        throw new UnknownTexException($"end of {name}");
                    break;
                }
            }
            if (rows.Count > 1 && rows[^1] is [""])
                rows.RemoveAt(rows.Count - 1);
            if (name.StartsWith("equation", StringComparison.Ordinal) && rows is [[var only]])
                return new($"<mrow>{only}</mrow>");
            var aligned = name is "aligned" or "align" or "align*" or "split";
            var kind = aligned ? " class=\"aligned\"" : name == "cases" ? " class=\"cases\"" : "";
            var display = aligned || name.StartsWith("gather", StringComparison.Ordinal) ? " displaystyle=\"true\"" : "";
            var table = string.Concat(rows.Select(row => $"<mtr>{string.Concat(row.Select(cell => $"<mtd><mrow>{cell}</mrow></mtd>"))}</mtr>"));
            return new($"<mrow>{Fence(fences.Open, "prefix")}<mtable{kind}{display}>{table}</mtable>{Fence(fences.Close, "postfix")}</mrow>");
        }

        // To the end of the group that the command stands in.
        string Rest()
        {
            var rest = Row(() => _at >= tex.Length || tex[_at] is '}' or '&' || At("\\right") || At("\\end") || At("\\\\"));
            return rest;
        }

        // A group as it is written, or one character.
        string Raw()
        {
            Spaces();
            if (_at >= tex.Length)
                throw new UnknownTexException("nothing follows");
            if (tex[_at] != '{')
                return tex[_at] == '\\' ? throw new UnknownTexException("command for text") : $"{tex[_at++]}";
            var end = tex.IndexOf('}', _at);
            if (end < 0 || tex.AsSpan(_at + 1, end - _at - 1).IndexOfAny('{', '\\', '$') >= 0)
                throw new UnknownTexException("text with commands");
            var text = tex[(_at + 1)..end];
            _at = end + 1;
            return text;
        }

        string Word() => Raw() is var text && text.Any(char.IsControl) ? throw new UnknownTexException("control character") : text.Trim();

        string Styled(int capitalA, int smallA, Dictionary<char, string> exceptions)
        {
            Spaces();
            // A Greek letter keeps its shape and is set bold by the page.
            if (_at < tex.Length && (tex[_at] == '\\' || (tex[_at] == '{' && tex.IndexOf('}', _at) is var end and > 0 && tex.AsSpan(_at, end - _at).Contains('\\'))))
                return $"<mrow class=\"bold\">{Argument()}</mrow>";
            var word = Word();
            return string.Concat(word.Where(c => c != ' ').Select(c => exceptions.TryGetValue(c, out var own) ? $"<mi>{own}</mi>"
                : char.IsAsciiLetterUpper(c) ? $"<mi>{char.ConvertFromUtf32(capitalA + c - 'A')}</mi>"
                : char.IsAsciiLetterLower(c) ? $"<mi>{char.ConvertFromUtf32(smallA + c - 'a')}</mi>"
                : char.IsAsciiDigit(c) ? $"<mn>{c}</mn>" : throw new UnknownTexException($"{c}"))) is var letters && word.Length == 1 ? letters : $"<mrow>{letters}</mrow>";
        }

        bool At(string command) =>
            string.CompareOrdinal(tex, _at, command, 0, command.Length) == 0
            && (!char.IsAsciiLetter(command[^1]) || _at + command.Length >= tex.Length || !char.IsAsciiLetter(tex[_at + command.Length]));

        bool Takes(string command)
        {
            if (!At(command))
                return false;
            _at += command.Length;
            return true;
        }
    }
}

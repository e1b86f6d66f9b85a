r"""What the commands of papers do, for reading: which arguments are text, which are not, what each sets.

A signature says what a command takes: ``s`` a star, ``o`` an option, ``m`` an argument, ``p`` something in round
brackets, ``d`` a length without braces; ``M`` is an argument that is read.
"""

from __future__ import annotations

from kg.text.latex import ACCENTS, SYMBOLS

__all__ = [
    "ASIDE", "BOLD", "BOLD_FROM_HERE", "CITING", "EMPTY", "FIGURES", "KEPT", "KEPT_ENVIRONMENTS", "MARKS", "NO_TEXT",
    "OPTIONS", "REFERRING", "SECTIONS", "SHOWN", "SIGNATURES", "SMALL", "TABLES", "TABULARS", "TEXT_OF",
]  # fmt: skip

SECTIONS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
            "subparagraph": 6}  # fmt: skip
"""Commands that begin a section, and how deep it lies."""

TABLES = frozenset("table table* sidewaystable sidewaystable* wraptable margintable SCtable longtable xltabular "
    "longtblr talltblr supertabular xtabular tabbing-none threeparttable-none".split())  # fmt: skip
FIGURES = frozenset("figure figure* sidewaysfigure sidewaysfigure* wrapfigure wrapfigure* SCfigure teaserfigure "
    "algorithm algorithm* listing listing* marginfigure".split())  # fmt: skip
TABULARS = {
    "tabular": "om", "tabular*": "mom", "tabularx": "mom", "tabulary": "mom", "longtable": "om", "xltabular": "omm",
    "NiceTabular": "omo", "NiceTabular*": "momo", "NiceTabularX": "momo", "tblr": "om", "longtblr": "om",
    "talltblr": "om", "supertabular": "m", "xtabular": "m", "mpsupertabular": "m", "tabu": "m", "longtabu": "m",
    "array": "om", "TAB": "pom", "tabular@": "m",
}  # fmt: skip
"""Environments that set a table, with what they take."""

BOLD = frozenset("textbf mathbf boldsymbol bm mathbfit bfseries@ boldmath@ pmb textbfit B@".split())
BOLD_FROM_HERE = frozenset("bf bfseries boldmath".split())
SMALL = frozenset("tiny scriptsize footnotesize ssmall scriptscriptstyle".split())
"""Sizes of what stands beside the text of a cell."""

ASIDE = frozenset("textsuperscript textsubscript tnote footnotemark rlap@ tmark".split())
MARKS = frozenset("†‡§¶")
CITING = frozenset(
    "cite citep citet citealp citealt citeauthor citeyear citeyearpar citenum parencite textcite autocite footcite "
    "Cite Citet Citep Citealp Citealt Citeauthor Parencite Textcite Autocite citetext shortcite newcite onlinecite "
    "fullcite footfullcite supercite cites parencites textcites citepos citeposs yearcite shortciteA nocitet "
    "citeN shortciteN inlinecite smartcite cref@".split()
)
REFERRING = frozenset("ref autoref cref Cref eqref nameref vref Vref labelcref pageref fref Fref subref "
    "crefrange Crefrange ref* autoref*".split())  # fmt: skip
SHOWN = frozenset(
    "maketitle tableofcontents listoftables listoffigures newpage clearpage cleardoublepage pagebreak noindent indent "
    "centering raggedright raggedleft center flushleft flushright small normalsize large Large LARGE huge Huge "
    "it itshape sl slshape sc scshape sf sffamily tt ttfamily rm rmfamily em upshape mdseries normalfont selectfont "
    "displaystyle textstyle scriptstyle limits nolimits left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr "
    "Biggl Biggr middle nonumber notag xspace leavevmode protect strut null smallskip medskip bigskip vfill hfill hfil "
    "hss vss appendix balance FloatBarrier onecolumn twocolumn sloppy fussy ignorespaces unskip relax par@ "
    "arraybackslash "
    "toprule midrule bottomrule hline hdashline endhead endfoot endfirsthead endlastfoot thickhline doublerule "
    "noalign allowbreak linebreak nolinebreak goodbreak break ldelim rdelim frontmatter mainmatter backmatter "
    "boldsymbol@ unboldmath columnbreak".split()
)
"""Commands that set no text of their own."""

EMPTY = frozenset("/ - @ ! ( ) > + < nobreak penalty".split())

SIGNATURES = {
    **dict.fromkeys("vspace hspace@ enlargethispage".split(), "sm"),
    **dict.fromkeys("vskip kern mskip baselineskip parskip parindent tabcolsep abovecaptionskip belowcaptionskip "
                    "topsep itemsep parsep textfloatsep floatsep intextsep hsize vsize columnsep".split(), "d"),
    **dict.fromkeys("graphicspath bibliography bibliographystyle pagestyle thispagestyle pagenumbering hypersetup "
                    "theoremstyle newlength newsavebox usetikzlibrary tikzset pgfplotsset sisetup lstset linespread "
                    "nocite index hyphenation thanks titlerunning authorrunning institute institution email address@ "
                    "setcopyright copyrightyear acmYear acmISBN acmPrice acmSubmissionID acmJournal acmVolume "
                    "acmNumber acmArticle acmMonth orcid phantom hphantom vphantom pdfinfo setitemize "
                    "setenumerate newcites addbibresource DeclareGraphicsExtensions usebox acmBooktitle "
                    "color@ date editor city country state postcode streetaddress department IEEEpubid "
                    "cfoot chead lhead rhead lfoot rfoot hyphenpenalty@ icmltitlerunning icmlkeywords icmlsetsymbol@ "
                    "vspace* captionlistentry tocless interfootnotelinepenalty@ label@ externaldocument "
                    "setmainfont setsansfont setmonofont geometry urlstyle doublespacing@ emergencystretch@ "
                    "cvprPaperID fontfamily fontseries fontshape fontencoding "
                    "pdfoutput@ allowdisplaybreaks@ tikzexternalize@ mathchardef@".split(), "m"),
    **dict.fromkeys("setlength addtolength settowidth settoheight colorlet lstdefinestyle crefalias fontsize "
                    "markboth pagecolor@ acmConference@ icmlaffiliation DeclareUnicodeCharacter titleformat@ "
                    "titlespacing@ addtocounter newfloat @addtoreset lstdefinelanguage DeclareMathAlphabet@ "
                    "DeclareRobustCommand@ icmlcorrespondingauthor@ icmlsetsymbol".split(), "mm"),
    **dict.fromkeys("crefname Crefname addcontentsline definecolor providecolor DeclareFixedFont@ "
                    "acmConference".split(), "ommm"),
    "titleformat": "somommmo", "titlespacing": "smmmmo", "DeclareMathAlphabet": "mmmmm", "DeclareSymbolFont": "mmmmm",
    "DeclareFontFamily": "mmm", "usefont": "mmmm",
    "DeclareFontShape": "mmmmmm", "DeclareMathSymbol": "mmmm", "SetMathAlphabet": "mmmmmm",
    "includegraphics": "som", "includesvg": "om", "includepdf": "om", "captionsetup": "som", "color": "om",
    "cellcolor": "omoo", "rowcolor": "omoo", "columncolor": "omoo", "rowcolors": "sommm", "arrayrulecolor": "om",
    "newtheorem@": "smomo", "newcolumntype": "mom", "newcounter": "mo", "setlist": "om", "pdfbookmark": "omm",
    "ccsdesc": "om", "received": "om", "todo": "om", "missingfigure": "om", "affiliation": "om", "affil": "om",
    "rule": "omm", "specialrule": "mmm", "addlinespace": "o", "morecmidrules": "", "cmidrule": "opm", "cline": "m",
    "cdashline": "m", "Xhline": "m", "Xcline": "mm", "hhline": "m", "hdashline": "o", "toprule": "o", "midrule": "o",
    "bottomrule": "o", "multirowsetup": "", "bstctlcite": "om", "fnsymbol": "m", "newcommand": "", "settowidth@": "mm",
    "arraystretch": "", "extrarowheight": "d", "doublerulesep": "d", "arrayrulewidth": "d", "setstretch": "m",
    "hskip": "d", "pgfplotstableread": "mm", "AtBeginDocument": "", "AtEndDocument": "m", "AtBeginEnvironment": "mm",
    "pretocmd": "mmmm", "apptocmd": "mmmm", "patchcmd": "ommmm", "preto": "mm", "appto": "mm", "newglossaryentry": "mm",
    "PassOptionsToPackage": "mm", "usepackage": "omo", "documentclass": "omo", "RequirePackage": "omo",
    "newpageafter": "m", "tableofcontents": "", "contentsline": "mmm", "startcontents": "o", "printcontents": "ommm",
    "Description": "om", "acmDOI": "m", "doi": "m", "tolerance": "d", "hbadness": "d", "clubpenalty": "d",
    "widowpenalty": "d", "displaywidowpenalty": "d", "pretolerance": "d", "looseness": "d", "advance": "d",
    "interdisplaylinepenalty": "d", "vbox": "M", "vtop": "M", "NiceMatrixOptions": "m", "UseTblrLibrary": "m",
    "SetTblrInner": "om", "SetTblrOuter": "om", "DefTblrTemplate": "mmm", "SetTblrStyle": "mm",
    "acknowledgmentsname": "", "IEEEraisesectionheading": "M", "IEEEdisplaynontitleabstractindextext": "",
    "parbox": "ooomM", "textcolor": "omM", "raisebox": "mooM", "resizebox": "smmM", "scalebox": "moM",
    "rotatebox": "omM", "adjustbox": "mM", "colorbox": "omM", "fcolorbox": "ommM", "href": "omM", "hyperref": "oM",
    "texorpdfstring": "Mm", "makebox": "ooM", "framebox": "ooM", "smash": "oM", "stackrel": "mM", "overset": "mM",
    "underset": "mM", "multicolumn": "mmM", "multirow": "omomoM", "makecell": "soM", "thead": "soM", "shortstack": "oM",
    "Centerstack": "oM", "specialcell": "oM", "rothead": "M", "rotcell": "M", "turnbox": "mM", "foreignlanguage": "omM",
    "adjincludegraphics": "om", "animategraphics": "ommmm", "subcaptionbox@": "sommM", "mathchoice": "Mmmm",
    "xrightarrow": "oM", "xleftarrow": "oM", "Block": "omM", "textls": "oM", "bicolorbox": "mM", "tcbox": "oM",
    "newtcolorbox": "omoom", "newtcbox": "omoom", "tcbset": "m", "newmdenv": "om", "mdfsetup": "m", "scalerel": "MM",
    "inserticon": "m", "sbox": "mm", "savebox": "mm", "cmidrulewidth": "d", "aboverulesep": "d", "belowrulesep": "d",
    "SetCell": "om", "SetRow": "om", "SetCells": "om", "SetColumn": "om", "diagbox": "omMM", "backslashbox": "oMM",
    "slashbox": "oMM", "pdftooltip": "Mm", "tooltip": "Mm", "marginpar": "om", "mathop": "M", "mathbin": "M",
    "mathrel": "M", "mathclose": "M", "mathopen": "M", "sidenote": "om", "textblock": "m", "crefrangelabelformat": "mm",
}  # fmt: skip
SIGNATURES = {name: how for name, how in SIGNATURES.items() if not name.endswith("@")}
"""What commands take that set nothing, or not all that they take."""

TEXT_OF = {
    **{name: symbol for name, symbol in SYMBOLS.items() if name not in ACCENTS},
    "quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "enspace": " ", "thinspace": " ",
    "newline": " ", "space": " ", "enskip": " ", "thickspace": " ", "medspace": " ", "nobreakspace": " ", "\t": " ",
    "%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "|": "‖", "textquotedbl": '"', "lbrack": "[",
    "rbrack": "]", "textdollar": "$", "textpercent": "%", "lbrace": "{", "rbrace": "}", "vert": "|", "Vert": "‖",
    "checkmark": "✓", "cmark": "✓", "xmark": "✗", "greencheck": "✓", "redx": "✗", "Checkmark": "✓", "XSolidBrush": "✗",
    "CheckmarkBold": "✓", "XSolid": "✗", "Circle": "○", "CIRCLE": "●", "LEFTcircle": "◐", "faCheck": "✓",
    "faTimes": "✗", "tick": "✓", "cross": "✗",
    "hookrightarrow": "↪", "Downarrow": "⇓", "downarrow": "↓", "Uparrow": "⇑", "nearrow": "↗", "searrow": "↘",
    "longrightarrow": "⟶", "mapsto": "↦", "Leftrightarrow": "⇔", "Leftarrow": "⇐", "gets": "←", "swarrow": "↙",
    "updownarrow": "↕", "textuparrow": "↑", "textdownarrow": "↓", "textrightarrow": "→", "textleftarrow": "←",
    "rightleftarrows": "⇄", "rightharpoonup": "⇀", "curvearrowright": "↷", "Rrightarrow": "⇛", "drsh": "↳",
    "Rsh": "↱", "blacktriangle": "▲", "blacktriangledown": "▼", "triangle": "△", "triangledown": "▽",
    "bigtriangleup": "△", "bigtriangledown": "▽", "vartriangle": "△", "rightarrowtail": "↣", "circlearrowright": "↻",
    "dagger": "†", "ddagger": "‡", "textdagger": "†", "textdaggerdbl": "‡", "flat": "♭", "sharp": "♯", "natural": "♮",
    "textsection": "§", "textparagraph": "¶", "heartsuit": "♥", "spadesuit": "♠", "clubsuit": "♣", "diamondsuit": "♦",
    "diamond": "◇", "Diamond": "◇", "lozenge": "◊", "bigstar": "★", "blacksquare": "■", "square": "□", "Box": "□",
    "prime": "′", "degree": "°", "textbullet": "•", "cdotp": "·", "textperiodcentered": "·", "odot": "⊙", "oplus": "⊕",
    "otimes": "⊗", "setminus": "∖", "emptyset": "∅", "varnothing": "∅", "forall": "∀", "exists": "∃", "neg": "¬",
    "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "notin": "∉", "subset": "⊂", "supset": "⊃", "supseteq": "⊇",
    "perp": "⊥", "bot": "⊥", "top": "⊤", "parallel": "∥", "cong": "≅", "simeq": "≃", "lesssim": "≲", "gtrsim": "≳",
    "succ": "≻", "prec": "≺", "mp": "∓", "div": "÷", "prod": "∏", "int": "∫", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "angle": "∠", "triangleq": "≜", "coloneqq": "≔", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "Upsilon": "Υ", "upsilon": "υ", "Xi": "Ξ",
    "iota": "ι", "vartheta": "ϑ", "varrho": "ϱ", "varsigma": "ς", "geqslant": "≥", "leqslant": "≤", "vdots": "⋮",
    "ddots": "⋱", "gg": "≫", "backslash": "\\", "slash": "/", "textslash": "/", "colon": ":", "lt": "<", "gt": ">",
    "dotsc": "…", "dotsb": "⋯", "textasteriskcentered": "*", "textsuperscript@": "", "euro": "€", "texteuro": "€",
    "textyen": "¥", "textcelsius": "°C", "micro": "µ", "percent": "%", "upmu": "µ", "textnumero": "№",
    "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",
    "ie": "i.e.", "eg": "e.g.", "Ie": "I.e.", "Eg": "E.g.", "etal": "et al.", "etc": "etc.", "wrt": "w.r.t.",
    "vs": "vs.", "cf": "cf.", "iid": "i.i.d.", "dof": "d.o.f.", "thinspace@": "",
    **{name: name for name in "log ln exp max min sup inf arg argmax argmin sin cos tan tanh det dim ker gcd Pr lim "
       "deg hom lg limsup liminf sec csc cot sinh cosh".split()},
}  # fmt: skip
"""What commands without arguments are read as."""

OPTIONS = frozenset("item \\ linebreak pagebreak caption section footnote title author".split())

# Displayed formulas and pictures, whose source is no text.
NO_TEXT = frozenset(
    "equation equation* align align* alignat alignat* eqnarray eqnarray* gather gather* multline multline* displaymath "
    "math@ flalign flalign* dmath dmath* tikzpicture tikzcd pgfpicture picture forest overpic thebibliography CCSXML "
    "algorithmic algorithmic* algpseudocode prooftree filecontents wrapfig@ pspicture asy subequations@ IEEEeqnarray "
    "IEEEeqnarray* axis semilogxaxis semilogyaxis groupplot comment lrbox filecontents* algorithm2e".split()
)

KEPT = frozenset((
    *SECTIONS, *BOLD, *BOLD_FROM_HERE, *SMALL, *ASIDE, *CITING, *REFERRING, *ACCENTS, "title", "author", "caption",
    "captionof", "label", "footnote", "footnotetext", "item", "multicolumn", "multirow", "hline", "toprule", "midrule",
    "bottomrule", "cmidrule", "cline", "textit", "texttt", "textsc", "textrm", "textsf", "emph", "underline", "text",
    "mathrm", "mathit", "mathcal", "mathbb", "maketitle", "appendix", "tabularnewline", "\\", "makecell", "shortstack",
    "resizebox", "scalebox", "rotatebox", "textcolor", "color", "cellcolor", "rowcolor", "includegraphics", "and",
    "And", "AND", "abstract", "thanks", "bibliography", "subfloat", "subcaptionbox", "frac", "sqrt", "num", "SI",
    "pm", "par", "newtheorem", "setcounter", "numberwithin", "counterwithin", "endhead", "endfirsthead", "endfoot",
    "endlastfoot", "makeatletter", "makeatother", "verb", "small", "normalsize", "large", "normalfont", "icmltitle",
    "icmlauthor", "fontsize", "selectfont", "centering", "url", "href", "quad", "qquad", "hspace", "%", "&", "$", "#",
    "_", "{", "}", ",", ";", ":", " ", "!", "(", ")", "[", "]", "thetable", "thefigure", "thesection", "tnote",
    "footnotemark", "mathbf", "ensuremath", "mbox", "hbox", "input", "include", "begin", "end", "xspace",
)) - {"cross", "tick", "shortcite", "B", "etal"}  # fmt: skip
"""Commands that keep their meaning, whatever a paper or its style makes of them."""

KEPT_ENVIRONMENTS = frozenset((*TABLES, *FIGURES, *TABULARS, *NO_TEXT, "document", "abstract", "subtable", "subfigure",
    "minipage", "itemize", "enumerate", "description", "center", "threeparttable", "tablenotes", "appendices",
    "adjustbox", "appendix", "frontmatter"))  # fmt: skip

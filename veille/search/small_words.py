"""Little words: they count in phrases, and alone only when there is nothing else."""

from __future__ import annotations

from typing import Final

_STOP = """
le la les l un une des du de d au aux a et ou ni mais donc or car en dans par pour sur sous
avec sans ce cet cette ces se s sa son ses leur leurs il elle ils elles on je j tu nous vous
me m te t qui que qu quoi dont ne n pas plus est sont etait ete etre ont ai as c y the of
and to in is that for with by at it from are this be
"""
_QUESTION = """
comment quel quelle quels quelles lequel laquelle lesquels lesquelles quand pourquoi combien
peut peuvent puis peux pouvez pouvoir doit doivent dois devez faut faire fait font fais dit
ca cela ceci mon ma mes ton ta tes votre vos notre nos moi lui eux etaient fut eu eut avoir
avait avaient avons avez lors si comme aussi tres bien what when where who whom which why
how does did do can could should would my your our
"""
_ASKING = """
comment quel quelle quels quelles lequel laquelle quand pourquoi combien qui que quoi ou est
peut puis faut doit what when where who whom which why how does did can should
"""

STOP_WORDS: Final = frozenset(_STOP.split())
# In a question they ask, they are not what is asked about.
QUESTION_WORDS: Final = frozenset(_QUESTION.split())
# With one of these first, a sentence is a question, whether or not it has its mark.
ASKING_WORDS: Final = frozenset(_ASKING.split())

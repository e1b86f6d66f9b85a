"""Words that the components share: what is no name, and which noun says what kind of thing a name is."""

from __future__ import annotations

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS

from kg.model import EntityType
from kg.text.folding import fold

__all__ = ["GENERIC", "HEADS", "STOP_WORDS", "head_type"]

_METHOD, _MODEL = EntityType.METHOD, EntityType.MODEL
_BENCHMARK, _DATASET = EntityType.BENCHMARK, EntityType.DATASET
_METRIC, _TASK = EntityType.METRIC, EntityType.TASK

HEADS: dict[str, EntityType] = {
    **dict.fromkeys(
        "algorithm method framework approach technique strategy system pipeline paradigm architecture network "
        "optimizer optimiser toolkit library mechanism procedure scheme module agent objective loss estimator solver "
        "planner protocol recipe platform tool operator regularizer regularization formulation methodology "
        "training optimization optimisation learning search decoding sampling prompting tuning finetuning "
        "distillation attention estimation planning descent iteration critic gradient transformer autoencoder "
        "encoder decoder layer adapter regression classifier kernel process inference quantization pruning "
        "compression attack defense controller policy package engine workflow scaffold prompt guidance "
        "augmentation initialization approximation factorization decomposition verifier router algorithms".split(),
        _METHOD,
    ),
    **dict.fromkeys("model llm vlm lm mllm checkpoint lvlm".split(), _MODEL),
    **dict.fromkeys(
        "benchmark leaderboard testbed suite environment challenge competition gym arena simulator simulation "
        "testset game".split(),
        _BENCHMARK,
    ),
    **dict.fromkeys("dataset corpus corpora collection database".split(), _DATASET),
    **dict.fromkeys("metric score measure rate".split(), _METRIC),
    **dict.fromkeys("task problem".split(), _TASK),
}
"""Head noun -> the type of what it names, in the singular."""

STOP_WORDS: frozenset[str] = frozenset(fold(word) for word in ENGLISH_STOP_WORDS)
"""Folded function words of English ("the", "other"), which no capitals make a name."""

GENERIC: frozenset[str] = STOP_WORDS | frozenset(
    fold(word)
    for word in (
        # classes and fields, by the guidelines no names
        "ai ml dl nlp nlu nlg cv rl drl marl llm lm plm slm vlm lvlm mllm lmm mllms vlms vla llms lms lrm lrms ann "
        "dnn nn nns dnns rm rms mdp mdps pomdp pomdps smdp "
        "lmdp cmdp gpu gpus cpu cpus tpu tpus api apis gui ui ux os ide id iid ood sota qa i/o io url html css sql "
        "json xml pdf "
        "csv http https www usa us uk eu un icu iot mcu mcus fpga asic ram ssd kb mb gb tb hz khz mhz ghz "
        "agi asi genai aigc hci hri ide it ict ceo phd stem fm fms foundation gnns kg kgs kb kbs db "
        "2d 3d 4d 1d 6g 5g 4g 3g rgb lidar imu gps uav uavs ev evs ehr ehrs mri ct eeg ecg dna rna covid covid-19 sars "
        "openai deepmind google meta microsoft nvidia anthropic huggingface github gitlab apple amazon alibaba "
        "tencent baidu "
        "bytedance huawei ibm facebook twitter uber lyft didi netflix linkedin stanford berkeley mit cmu intel amd "
        "arm tesla "
        "arxiv neurips iclr icml acl emnlp naacl aaai ijcai cvpr iccv eccv kdd www sigir colm tmlr jmlr ieee acm "
        "python java javascript typescript rust kotlin swift matlab julia haskell php perl scala bash fortran cobol "
        "solidity verilog vhdl "
        "english chinese french german spanish japanese korean arabic hindi russian western eastern asian european "
        "american "
        "linux windows android ios macos docker kubernetes aws gcp azure cuda "
        "i ii iii iv vi vii viii ix et al etc vs eg ie resp wrt aka "
        "pareto bayes bayesian gaussian markov markovian bellman nash lipschitz hessian jacobian kronecker euclidean "
        "riemannian "
        "lagrangian hamiltonian fourier laplace monte carlo kl sgd-like np pac turing bernoulli poisson dirichlet "
        "section table figure appendix theorem lemma eq fig sec tab "
        "l1 l2 l0 p/n k/v q/a t2i t2v i2i i2v s2s e2e e-commerce deep-rl deep-learning reinforcement-learning "
        "online-rl "
        "apache apache-2 apache-2.0 creative-commons cc-by "
        "youtube reddit wikipedia-like tiktok amazon ebay walmart airbnb ours".split()
    )
) | frozenset(
    fold(phrase)
    for phrase in (
        # hyperparameters are set, not measured
        "learning rate", "batch size", "step size", "discount factor", "context length", "sampling temperature",
    )
)  # fmt: skip
"""Folded words that look like names and are none: fields, classes, hardware, organisations, hyperparameters."""


def head_type(noun: str) -> EntityType | None:
    """The type that a head noun speaks for, singular or plural; None if it speaks for none."""
    word = noun.lower()
    return HEADS.get(word) or (HEADS.get(word[:-1]) if word.endswith("s") else None)

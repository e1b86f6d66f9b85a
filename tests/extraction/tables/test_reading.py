"""What tables state, idea by idea, on tables of our own making."""

from __future__ import annotations

from kg.extraction.tables.reading import read_tables
from kg.extraction.tables.rows import NamedIn
from kg.model import Extraction
from tests.extraction.tables.papers import paper, rows, stated, table


def test_models_in_rows_reach_numbers_on_benchmarks_in_columns() -> None:
    found = rows(
        "Model | GSM8K | MATH | Avg. \n --- \n Qwen2.5-7B | 80.5 | 50.1 | 65.3 \n Notus-7B | 84.5 | 55.0 | 69.8",
        "Accuracy (%) of models.",
    )
    assert stated(found) == {
        ("Qwen2.5-7B", "GSM8K", "accuracy", "80.5"),
        ("Qwen2.5-7B", "MATH", "accuracy", "50.1"),
        ("Notus-7B", "GSM8K", "accuracy", "84.5"),
        ("Notus-7B", "MATH", "accuracy", "55.0"),
    }
    assert {(row.of.name, row.own) for row in found} == {("Qwen2.5-7B", False), ("Notus-7B", True)}
    assert {(row.unit, row.better) for row in found} == {("%", "higher")}


def test_a_row_names_its_cells_and_where_else_its_parts_stand() -> None:
    (row,) = rows("Model | GSM8K \n --- \n GPT-4o | 80.5", "Accuracy of one model.")
    assert (row.of.where, row.of.cell.text, row.on.cell.text) == (NamedIn.CELL, "GPT-4o", "GSM8K")
    assert (row.metric.where, row.metric.cell) == (NamedIn.CAPTION, None)
    assert (row.place, row.cell.text, row.row, row.column) == (2, "80.5", "GPT-4o", "GSM8K")


def test_methods_may_stand_in_the_columns() -> None:
    found = rows("Benchmark | Metric | GPT-4o | Notus \n --- \n MMLU | EM | 70.1 | 71.2 \n DROP | F1 | 60.0 | 61.0")
    assert stated(found) == {
        ("GPT-4o", "MMLU", "EM", "70.1"),
        ("Notus", "MMLU", "EM", "71.2"),
        ("GPT-4o", "DROP", "F1", "60.0"),
        ("Notus", "DROP", "F1", "61.0"),
    }


def test_heads_of_two_levels_are_put_together() -> None:
    found = rows(
        "| >MS MARCO dev | BEIR \n System | MRR@10 | R@1k | nDCG@10 \n --- \n"
        "BM25 | 18.4 | 85.3 | 42.0 \n Notus | 38.0 | 97.0 | 50.1"
    )
    assert ("BM25", "MS MARCO", "R@1k", "85.3") in stated(found)
    assert ("Notus", "BEIR", "nDCG@10", "50.1") in stated(found)
    assert {row.split for row in found if row.on.name == "MS MARCO"} == {"dev"}


def test_costs_ranks_and_gains_give_nothing() -> None:
    found = rows(
        "Model | # Params | FLOPs (G) | Latency (ms) | GSM8K | Rank | \u0394 \n --- \n"
        "GPT-2 | 1.5 | 3.1 | 20.5 | 12.5 | 2 | 1.0 \n Notus | 1.4 | 3.0 | 19.5 | 14.5 | 1 | 3.0 \n"
        "Improvement | 2.0 | 1.0 | 1.0 | 2.0 | 1.0 | 2.0",
        "Accuracy on GSM8K.",
    )
    assert stated(found) == {("GPT-2", "GSM8K", "accuracy", "12.5"), ("Notus", "GSM8K", "accuracy", "14.5")}


def test_averages_over_the_parts_of_one_benchmark_are_its_own_score() -> None:
    found = rows(
        "Model | STEM | Humanities | Avg. \n --- \n GPT-4o | 70.0 | 80.0 | 75.0 \n Notus | 71.0 | 81.0 | 76.0",
        "Accuracy on MMLU.",
    )
    assert {(row.on.name, row.split) for row in found} == {("MMLU", "STEM"), ("MMLU", "Humanities"), ("MMLU", None)}


def test_added_methods_belong_to_the_model_above() -> None:
    found = rows(
        "Model | GSM8K | MATH \n --- \n Qwen2.5-7B | 80.5 | 50.1 \n + GRPO | 82.5 | 52.0 \n ~w/ Notus | 84.5 | 55.0 \n"
        "--- \n Llama-3.1-8B | 70.5 | 40.1 \n + GRPO | 72.5 | 42.0 \n ~w/ Notus | 74.5 | 45.0",
        "Accuracy.",
    )
    names = {(row.of.name, row.base, row.own) for row in found}
    assert ("GRPO (Qwen2.5-7B)", "Qwen2.5-7B", False) in names
    assert ("Notus (Llama-3.1-8B)", "Llama-3.1-8B", True) in names


def test_what_is_left_out_is_an_ablation() -> None:
    assert not rows(
        "Method | GSM8K \n --- \n Notus | 84.5 \n w/o replay | 82.0 \n w/o rain | 81.0", "Accuracy of parts of Notus."
    )
    assert not rows(
        "Rain | Wind | GSM8K \n --- \n \u2713 | | 80.5 \n | \u2713 | 81.5 \n \u2713 | \u2713 | 84.5", "Ablation."
    )


def test_ours_is_the_name_of_the_paper() -> None:
    found = rows("Method | GSM8K \n --- \n GRPO | 80.5 \n Ours | 84.5 \n Ours-L | 85.5", "Accuracy.")
    assert {(row.of.name, row.own) for row in found} == {("GRPO", False), ("Notus", True), ("Notus-L", True)}


def test_panels_set_the_protocol_or_the_measure() -> None:
    found = rows(
        "Model | GSM8K | MATH \n --- \n >>Zero-shot \n GPT-4o | 80.5 | 50.1 \n >>Few-shot \n GPT-4o | 82.5 | 52.0",
        "Accuracy.",
    )
    assert {row.setting for row in found} == {"Zero-shot", "Few-shot"}


def test_a_blank_name_is_the_one_above_and_sizes_are_part_of_it() -> None:
    found = rows("Model | Size | GSM8K \n --- \n Llama-3.1-Instruct | 8B | 70.5 \n | 70B | 90.5", "Accuracy on GSM8K.")
    assert {row.of.name for row in found} == {"Llama-3.1-8B-Instruct", "Llama-3.1-70B-Instruct"}


def test_data_are_in_the_caption_where_heads_have_measures_alone() -> None:
    found = rows(
        "Model | PSNR \u2191 | LPIPS \u2193 \n --- \n Restormer | 32.9 | 0.14 \n Notus | 33.6 | 0.12",
        "Deblurring on GoPro.",
    )
    assert stated(found) >= {("Notus", "GoPro", "PSNR", "33.6"), ("Notus", "GoPro", "LPIPS", "0.12")}
    assert {(row.metric.name, row.better) for row in found} == {("PSNR", "higher"), ("LPIPS", "lower")}


def test_the_caption_tells_measures_apart_by_data() -> None:
    found = rows(
        "Model | AISHELL-1 | TED-LIUM 3 \n --- \n Conformer | 4.3 | 7.2 \n Notus | 4.0 | 6.8",
        "CER for Mandarin (AISHELL-1), WER for TED-LIUM 3.",
    )
    assert {(row.on.name, row.metric.name, row.better) for row in found} == {
        ("AISHELL-1", "CER", "lower"),
        ("TED-LIUM 3", "WER", "lower"),
    }


def test_sentences_that_refer_to_the_table_say_the_rest() -> None:
    found = rows(
        "System | R1 | R2 \n --- \n BART | 44.2 | 21.3 \n Notus | 44.6 | 21.4",
        "Comparison of systems.",
        number="1",
        sections=("We use the test split of CNN/DailyMail in Table 1. Other tables are about ImageNet.",),
    )
    assert {(row.on.name, row.on.where) for row in found} == {("CNN/DailyMail", NamedIn.TEXT)}


def test_several_measures_in_a_cell_are_several_results() -> None:
    found = rows("System | En\u2192De \n --- \n GPT-4 | 34.5 / 79.5", "BLEU / COMET on WMT23.")
    assert stated(found) == {("GPT-4", "WMT23", "BLEU", "34.5"), ("GPT-4", "WMT23", "COMET", "79.5")}
    assert {row.split for row in found} == {"En\u2192De"}


def test_tables_that_state_no_results_give_nothing() -> None:
    assert not rows(
        "Data set | Train | Test | Classes \n --- \n AVE | 3,339 | 402 | 28 \n LLP | 10,000 | 1,200 | 25",
        "Statistics of the data sets.",
    )
    assert not rows("Learning rate | 0.001 \n Batch size | 64 \n Dropout | 0.1", "Hyper-parameters.")
    assert not rows(
        "Method | Latency (s) | Memory (GB) \n --- \n H2O | 27.7 | 21.3 \n Notus | 20.1 | 18.8", "Cost of decoding."
    )
    assert not rows(
        "Operation | Range | Probability \n --- \n Resize | [0.8, 1.2] | 0.125 \n Blur | [0, 1] | 0.125",
        "Augmentations.",
    )
    assert not rows(
        "Question | Answer \n --- \n What is rain? | Water. \n What is wind? | Air.", "Examples of questions."
    )


def test_people_and_chance_are_marked_and_the_best_of_others_is_left_out() -> None:
    found = rows("Model | GSM8K \n --- \n Human | 95.0 \n Random | 1.0 \n SOTA | 90.0 \n Notus | 84.5", "Accuracy.")
    assert {(row.of.name, row.reference) for row in found} == {("Human", True), ("Random", True), ("Notus", False)}


def test_gains_beside_a_number_and_lowered_letters_of_a_measure() -> None:
    found = rows(
        "Model | AP | AP{50} \n --- \n DETR | 42.0 | 62.4 \n Notus | 49.8 (+7.8) | 68.1 {\u21915.7}",
        "Detection on COCO.",
    )
    assert {(row.metric.name, row.value) for row in found if row.own} == {("AP", "49.8"), ("AP50", "68.1")}


def test_names_have_no_citations_and_marks() -> None:
    found = rows(
        "Model | GSM8K \n --- \n Mistral-7B (Jiang et al., 2023) | 40.1 \n MetaMath [12] | 50.1 \n Notus* | 60.1",
        "Accuracy.",
    )
    assert {row.of.name for row in found} == {"Mistral-7B", "MetaMath", "Notus"}


def test_a_paper_without_a_table_states_nothing() -> None:
    assert not list(read_tables(paper(sections=("Accuracy on GSM8K is 84.5.",)), Extraction()))


def test_the_same_paper_gives_the_same_rows() -> None:
    mine = paper(table("Model | GSM8K | MATH \n --- \n GPT-4o | 80.5 | 50.1 \n Notus | 84.5 | 55.0", "Accuracy."))
    assert list(read_tables(mine, Extraction())) == list(read_tables(mine, Extraction()))


def test_two_panels_of_a_caption_have_each_its_measure() -> None:
    caption = "Results. (a) accuracy; (b) pass@1."
    first = table("Model | GSM8K \n --- \n Notus | 84.5", caption, panel="Mathematics")
    second = table("Model | MBPP \n --- \n Notus | 64.5", caption, panel="Programs")
    found = list(read_tables(paper(first, second), Extraction()))
    assert [(row.on.name, row.metric.name) for row in found] == [("GSM8K", "accuracy"), ("MBPP", "pass@1")]


def test_a_caption_names_the_slice_and_the_protocol_of_all() -> None:
    found = rows("Model | SQuAD \n --- \n BERT | 88.5 \n Notus | 89.5", "Zero-shot F1 on the dev set.")
    assert {(row.split, row.setting) for row in found} == {("dev", "Zero-shot")}


def test_heads_of_one_letter_and_of_languages() -> None:
    found = rows("Model | P | R | F1 \n --- \n BERT | 90.1 | 91.0 | 90.5", "Tagging on CoNLL-2003.")
    assert [row.metric.name for row in found] == ["precision", "recall", "F1"]
    found = rows("Model | en | de \n --- \n XLM-R | 80.1 | 81.0", "Accuracy on XNLI.")
    assert [(row.on.name, row.split) for row in found] == [("XNLI", "en"), ("XNLI", "de")]


def test_columns_of_nobody_are_no_methods() -> None:
    assert not rows(
        """
        Cohort | Year 1 | Year 2 | Year 3
        ---
        GSM8K | 0.95 | 0.93 | 0.96
        MATH | 0.87 | 0.85 | 0.87
        """,
        "Rank correlation of recognition over four years.",
    )


def test_one_known_name_among_many_makes_the_others_no_data() -> None:
    found = rows(
        """
        Cohort | GPT-4 | Claude 3
        ---
        GSM8K | 0.1 | 0.2
        Painters | 0.3 | 0.4
        Sailors | 0.5 | 0.6
        Bakers | 0.7 | 0.8
        Smiths | 0.9 | 0.9
        Millers | 0.4 | 0.5
        """
    )
    assert {row.on.name for row in found} <= {"GSM8K"}


def test_a_name_of_data_that_nobody_knows_counts_where_the_text_calls_it_so() -> None:
    written = """
        Model | Zephyria-2 | Orkney-X
        ---
        GPT-4 | 10.0 | 20.0
        Notus (ours) | 30.0 | 40.0
        """
    told = ("We evaluate on Zephyria-2 and Orkney-X.",)
    found = rows(written, "Accuracy.", sections=told)
    assert {row.on.name for row in found} == {"Zephyria-2", "Orkney-X"}
    assert not rows(written, "Accuracy.", sections=("Zephyria-2 is a guard, and Orkney-X is another one.",))


def test_what_ours_with_a_number_and_the_initials_of_its_name_are_is_the_papers_own() -> None:
    found = rows(
        """
        Method | GSM8K
        ---
        PPO | 10.0
        Ours1 | 20.0
        RG | 30.0
        """,
        title="RainGauge: Waiting for Rain",
    )
    assert [row.own for row in found] == [False, True, True]


def test_similarity_of_something_is_a_measure_and_no_data() -> None:
    found = rows(
        """
        Method | edit similarity | token similarity
        ---
        PPO | 0.9 | 0.8
        Notus (ours) | 0.7 | 0.6
        """,
        "Similarity on HumanEval.",
    )
    assert {row.on.name for row in found} == {"HumanEval"}

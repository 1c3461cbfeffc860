"""The plain zero-shot prompt that models are measured and calibrated with. It is not the one that the bot sends."""

SYSTEM = "You translate questions into SQL for SQLite. Answer with one SQL query."


def zero_shot_prompt(create_tables: str, question: str) -> str:
    """Qwen's chat format up to the first token of the query; only the question differs within a database."""
    return (
        f"<|im_start|>system\n{SYSTEM}<|im_end|>\n"
        f"<|im_start|>user\n{create_tables}\n\n{question.strip()}<|im_end|>\n"
        "<|im_start|>assistant\n```sql\n"
    )


def completed(prompt: str, sql: str) -> str:
    """The prompt with its answer, as the model would have written it."""
    return f"{prompt}{sql.strip().rstrip(';').strip()};\n```<|im_end|>\n"

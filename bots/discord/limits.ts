/** What Discord takes in one message or form; `text` is all text of a message that consists of components. */
export const limits = {
  text: 4000,
  components: 40,
  altText: 1024,
  buttonsInRow: 5,
  buttonLabel: 80,
  selectOptions: 25,
  optionText: 100,
  modalTitle: 45,
  fieldLabel: 45,
  fieldHint: 100,
  fieldText: 4000,
  choices: 25,
  choiceText: 100,
} as const

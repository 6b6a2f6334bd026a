/** Whether somebody writes into a field of a record or a cell of a table: what they see stays as it is, so that what is changed meanwhile is found out when they save. */
export const isEditing = (): boolean => document.querySelector('.field .editing, .cell-editor') !== null;

using Platform.Access;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Imports.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>
/// The e-mails and phones of a row, from all columns that mean them, each with what it is for, as far as the file says so; a cell may have several,
/// separated by semicolons, where each part looks like one. The first is the main one, all others are other ones.
/// </summary>
internal sealed class RowPoints(PointColumns columns, string[] row)
{
    private const int LeastDigits = 3;
    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    // As Google has several in a cell.
    private const string BetweenAll = ":::";

    // No e-mail address that can be written to has a comma.
    private static readonly char[] BetweenEmails = [';', ',', '\n'];
    private static readonly char[] BetweenPhones = [';', '\n'];

    public string Email(params ImportField[] fields) => Emails(fields).FirstOrDefault().Value ?? "";

    public string Phone(params ImportField[] fields) => Phones(fields).FirstOrDefault().Value ?? "";

    public IEnumerable<V1.OtherEmail> OtherEmails(string main, params ImportField[] fields) =>
        OtherPoints.Emails(Emails(fields).Select(email => new V1.OtherEmail { Address = email.Value, Label = email.Label }), main);

    public IEnumerable<V1.OtherPhone> OtherPhones(string main, string? country, params ImportField[] fields) =>
        OtherPoints.Phones(Phones(fields).Select(phone => new V1.OtherPhone { Number = phone.Value, Label = phone.Label }), main, country);

    private IEnumerable<(string Label, string Value)> Emails(ImportField[] fields) => All(fields, ImportField.EmailLabel, BetweenEmails, part => part.Contains('@', StringComparison.Ordinal));

    private IEnumerable<(string Label, string Value)> Phones(ImportField[] fields) => All(fields, ImportField.PhoneLabel, BetweenPhones, part => part.Count(char.IsAsciiDigit) >= LeastDigits);

    private IEnumerable<(string Label, string Value)> All(ImportField[] fields, ImportField labels, char[] between, Func<string, bool> isLike) =>
        fields.SelectMany(field => field is ImportField.OtherEmails or ImportField.OtherPhones ? Others(field, between, isLike) : Named(field, labels, between, isLike));

    // A column that says nothing of what it is for goes before those that do.
    private IEnumerable<(string Label, string Value)> Named(ImportField field, ImportField labels, char[] between, Func<string, bool> isLike) => columns.Named(row, field).OrderBy(found => found.Header?.Rank ?? 0)
        .SelectMany(found => Split(found.Value, between, isLike).Select(value => (columns.LabelOf(row, found.Header, labels), value)));

    // Cells of one column say themselves what each is for.
    private IEnumerable<(string Label, string Value)> Others(ImportField field, char[] between, Func<string, bool> isLike)
    {
        foreach (var cell in columns.GetAll(row, field))
        {
            var told = FileTexts.Read(cell.Replace(BetweenAll, ";", StringComparison.Ordinal)).Select(one => (one.Label, Value: string.Join('|', one.Parts))).ToList();
            if (!told.TrueForAll(one => isLike(one.Value)))
                told = [("", cell)];
            foreach (var (label, text) in told)
            {
                foreach (var value in Split(text, between, isLike))
                    yield return (label, value);
            }
        }
    }

    private static string[] Split(string value, char[] between, Func<string, bool> isLike) =>
        value.Replace(BetweenAll, ";", StringComparison.Ordinal).Split(between, Clean) is { Length: > 1 } parts && parts.All(isLike) ? parts : [value];
}

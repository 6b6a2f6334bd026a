using Platform.Contacts.ContactPoints;
using Platform.Contacts.Imports.Columns;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>
/// The e-mails and phones of a row, from all columns that mean them; a cell may have several, separated by semicolons, where each part looks
/// like one. The first is the main one, all others are other ones.
/// </summary>
internal sealed class RowPoints(ColumnMap<ImportField> columns, string[] row)
{
    private const int LeastDigits = 3;
    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    // No e-mail address that can be written to has a comma.
    private static readonly char[] BetweenEmails = [';', ',', '\n'];
    private static readonly char[] BetweenPhones = [';', '\n'];

    public string Email(params ImportField[] fields) => Emails(fields).FirstOrDefault("");

    public string Phone(params ImportField[] fields) => Phones(fields).FirstOrDefault("");

    public IEnumerable<V1.OtherEmail> OtherEmails(string main, params ImportField[] fields) =>
        OtherPoints.Emails(Emails(fields).Select(address => new V1.OtherEmail { Address = address }), main);

    public IEnumerable<V1.OtherPhone> OtherPhones(string main, string? country, params ImportField[] fields) =>
        OtherPoints.Phones(Phones(fields).Select(number => new V1.OtherPhone { Number = number }), main, country);

    private IEnumerable<string> Emails(ImportField[] fields) => All(fields, BetweenEmails, part => part.Contains('@', StringComparison.Ordinal));

    private IEnumerable<string> Phones(ImportField[] fields) => All(fields, BetweenPhones, part => part.Count(char.IsAsciiDigit) >= LeastDigits);

    private IEnumerable<string> All(ImportField[] fields, char[] between, Func<string, bool> isLike) =>
        fields.SelectMany(field => columns.GetAll(row, field)).SelectMany(value => value.Split(between, Clean) is { Length: > 1 } parts && parts.All(isLike) ? parts : [value]);
}

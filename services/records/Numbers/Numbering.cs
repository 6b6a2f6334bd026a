using Platform.CustomFields.Numbering;
using Platform.CustomFields.V1;

namespace Platform.Records.Numbers;

internal static class Numbering
{
    // The count of the object's own numbers; those of its fields are named by the field's key.
    private const string Own = "";

    /// <summary>
    /// Takes the next numbers of the object, within the transaction that makes the records: a rollback gives them back, so there is
    /// no gap but where a record is deleted. Whoever makes the next one waits until the commit.
    /// </summary>
    public static async Task<IReadOnlyList<string>> TakeNumbersAsync(
        this RecordsDbContext db, ObjectType known, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (known.NumberPattern.Length == 0)
            return [.. Enumerable.Repeat("", count)];
        var first = await NumberCounters.TakeAsync(db, known.Resource, Own, AutoNumberPattern.PeriodOf(known.NumberPattern, now), count, cancellationToken);
        return [.. Enumerable.Range(0, count).Select(i => AutoNumberPattern.Write(known.NumberPattern, now, first + i))];
    }
}

using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Segments.Members;

/// <summary>Whether the caller may learn who the members of a segment are.</summary>
internal static class ReadableMembers
{
    /// <summary>The segment; the error where there is none, or where its expression reads what is hidden from the caller.</summary>
    public static async Task<Result<Segment>> FindReadableAsync(this ContactsDbContext db, string id, CustomFieldDirectory fields, CancellationToken cancellationToken)
    {
        if (await db.FindSegmentAsync(id, cancellationToken) is not { } segment)
            return SegmentErrors.NotFound(id);
        // What is confidential is hidden by what the company says of its fields.
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        return ReadFields.HiddenFrom(db.Caller).Intersect(segment.Reads).Select(ReadFields.NameOf).Distinct().ToList() is { Count: > 0 } hidden
            ? CallerFields.NotReadable(hidden) : segment;
    }
}

using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Segments;

/// <summary>Finding segments.</summary>
internal static class SegmentRows
{
    /// <summary>The segment of that id, not tracked.</summary>
    public static async Task<Segment?> FindSegmentAsync(this ContactsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Segments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;

    /// <summary>
    /// The segment, held until the transaction ends. Whoever decides on members holds it first and reads the records then: of two who
    /// do, the later one sees what the earlier one saw, or something newer.
    /// </summary>
    public static IQueryable<Segment> Held(this DbSet<Segment> segments, Guid id) => segments.FromSql($"SELECT *, xmin FROM segments WHERE id = {id} FOR NO KEY UPDATE");

    /// <summary>All of the company, in one order.</summary>
    public static IQueryable<Segment> AllHeld(this DbSet<Segment> segments) => segments.FromSql($"SELECT *, xmin FROM segments ORDER BY id FOR NO KEY UPDATE");
}

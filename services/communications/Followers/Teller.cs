using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Communications.Templates;

namespace Platform.Communications.Followers;

/// <summary>
/// Tells those who follow records of what happened to them: never who caused it, and nobody who may not see the record at this moment.
/// What happens to a record while nobody has read of it is one notification, which shows the last of it and how much there was.
/// </summary>
internal sealed class Teller(CommunicationsDbContext db, TemplateRenderer templates, IServiceProvider services, TimeProvider time)
{
    public const string Mention = "crm.mention";

    public async Task TellAsync(Happening happening, CancellationToken cancellationToken)
    {
        var ids = happening.Records.Select(record => record.Id).ToList();
        var said = (await db.Followers.AsNoTracking().Where(row => ids.Contains(row.RecordId)).ToListAsync(cancellationToken)).ToLookup(row => new RecordKey(row.Resource, row.RecordId));
        var mentioned = happening.Mentioned.Where(user => user != happening.Actor).Distinct().ToList();
        Guid[] asked = [.. mentioned, .. happening.Concerned, .. happening.IsNews ? said.SelectMany(rows => rows).Where(row => row.Follows).Select(row => row.UserId) : []];
        if (!happening.IsNews && asked.Length == 0)
            return;
        var viewers = await Viewers.AskAsync(happening, [.. asked.Distinct().Where(user => user != happening.Actor)], services, cancellationToken);
        var told = new Dictionary<Guid, (Happening Happening, RecordKey Record)>();
        // Whom it speaks to hears that, and not the news of it beside that.
        foreach (var (record, user) in SpokenTo(happening, mentioned, viewers))
            told.TryAdd(user, (happening with { Kind = Mention, Group = null }, record));
        foreach (var record in happening.Records)
        {
            foreach (var user in Hearers(happening, record, said[record], viewers).Where(user => viewers.MayHear(user, record, happening)))
                told.TryAdd(user, (happening, record));
        }

        // Whatever is told at the same moment takes the shared rows in the same order, one of each person: none waits for another in a circle.
        foreach (var (user, what) in told.OrderBy(person => person.Key))
            await TellAsync(what.Happening, what.Record, user, viewers, cancellationToken);
        foreach (var spokenTo in SpokenTo(happening, mentioned, viewers).GroupBy(one => one.Record, one => one.User).OrderBy(record => record.Key.Resource, StringComparer.Ordinal).ThenBy(record => record.Key.Id))
            await db.AddAsync(spokenTo.Key, [.. spokenTo.Take(Math.Max(0, FollowRecord.Most - said[spokenTo.Key].Count())).Order()], time.GetUtcNow(), cancellationToken);
        // To the open windows of those who were told.
        await db.SaveChangesAsync(cancellationToken);
    }

    private static IEnumerable<(RecordKey Record, Guid User)> SpokenTo(Happening happening, IEnumerable<Guid> mentioned, Viewers viewers) =>
        from record in happening.Records from user in mentioned where viewers.MayHear(user, record, happening) select (record, user);

    private static IEnumerable<Guid> Hearers(Happening happening, RecordKey record, IEnumerable<Follower> said, Viewers viewers)
    {
        if (!happening.IsNews)
            return happening.Concerned.Where(user => user != happening.Actor);
        var silent = said.Where(row => !row.Follows).Select(row => row.UserId).ToHashSet();
        IEnumerable<Guid> owner = viewers.OwnerOf(record) is { } known ? [known] : [];
        return said.Where(row => row.Follows).Select(row => row.UserId).Concat(owner).Concat(happening.Concerned).Distinct().Where(user => user != happening.Actor && !silent.Contains(user));
    }

    // The columns of a notification; by one statement, so that two events at once add up.
    private async Task TellAsync(Happening happening, RecordKey record, Guid user, Viewers viewers, CancellationToken cancellationToken)
    {
        var data = DataFor(user, happening, record, viewers);
        var content = await templates.RenderNoticeAsync(happening.Kind, data);
        var group = happening.Kind == Mention ? $"{Mention}/{data.Fields["entry"].StringValue}" : $"{happening.Kind}/{happening.Group ?? $"{record.Resource}/{record.Id}"}";
        var (id, now, json) = (Guid.CreateVersion7(), time.GetUtcNow(), JsonFormatter.Default.Format(data));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notifications AS known (tenant_id, id, user_id, kind, title, text, data, group_key, count, create_time, update_time)
            VALUES ({db.Caller.RequiredTenantId}, {id}, {user}, {happening.Kind}, {content.Title}, {content.Text}, {json}::jsonb, {group}, 1, {now}, {now})
            ON CONFLICT (tenant_id, user_id, group_key) WHERE read_time IS NULL AND group_key <> ''
            DO UPDATE SET id = excluded.id, title = excluded.title, text = excluded.text, data = excluded.data, count = known.count + 1, create_time = excluded.create_time, update_time = excluded.update_time
            """, cancellationToken);
        db.Publish(user, new V1.NotificationsChanged { UserId = user.ToString() });
    }

    private static Struct DataFor(Guid user, Happening happening, RecordKey record, Viewers viewers)
    {
        var data = happening.Data.Clone();
        foreach (var hidden in happening.Shown.Where(shown => !shown.Value.All(field => viewers.Sees(user, field))))
            data.Fields.Remove(hidden.Key);
        data.Fields["resource"] = Value.ForString(record.Resource);
        data.Fields["record"] = Value.ForString(record.Id.ToString());
        data.Fields["actor"] = Value.ForString(happening.Actor?.ToString() ?? "");
        // Whether it is the reader's own now.
        if (data.Fields.TryGetValue("to", out var owner))
            data.Fields["mine"] = Value.ForBool(owner.StringValue == user.ToString());
        return data;
    }
}

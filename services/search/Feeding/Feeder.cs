using Google.Protobuf;
using Platform.CustomFields;
using Platform.Search.Index;
using Platform.Search.Kinds;
using Platform.Tenancy;

namespace Platform.Search.Feeding;

/// <summary>Brings records into the index, or takes them out.</summary>
internal sealed class Feeder(GatheredWrites writes, CustomFieldDirectory directory, Caller caller)
{
    /// <summary>Keeps records as they were at that time, and drops what was gone then.</summary>
    public async Task KeepAsync(IReadOnlyCollection<IMessage> records, IReadOnlyCollection<(string Type, string Id)> gone, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(records, asOf, cancellationToken);
        var dropped = gone.Where(record => Guid.TryParse(record.Id, out _)).Select(record => new IndexedRecord(record.Type, Guid.Parse(record.Id), asOf, Texts: null));
        await writes.WriteAsync(caller.RequiredTenantId, [.. kept, .. dropped], cancellationToken);
    }

    /// <summary>What of the records is searched. What has no id is no record.</summary>
    public async Task<IReadOnlyCollection<IndexedRecord>> ReadAsync(IEnumerable<IMessage?> told, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var records = told.OfType<IMessage>().Where(record => RecordTexts.IdOf(record) is not null).ToList();
        var custom = records.Select(record => (Kind: KindOf(record), Values: RecordTexts.CustomFieldsOf(record))).Where(record => record is { Kind: not null, Values: not null }).ToList();
        if (custom.Count > 0)
            await LoadAsync(fields => custom.TrueForAll(record => record.Values!.Fields.Keys.All(key => key.StartsWith('$') || fields.Of(record.Kind!.Name).Find(key) is not null)), cancellationToken);
        return [.. records.Select(record => KindOf(record) is { } kind ? RecordTexts.Of(kind, record, caller.CustomFields, asOf) : null).OfType<IndexedRecord>()];
    }

    // A field may be younger than what is known of the company's fields here. While nobody can tell, the record waits: without the
    // field it would be in the index, and nothing would bring the field there later.
    private async Task LoadAsync(Func<TenantFields, bool> isKnown, CancellationToken cancellationToken)
    {
        if (!await directory.LoadAnewAsync(caller, isKnown, cancellationToken))
            throw new InvalidOperationException("What fields the company has cannot be asked for.");
    }

    private static RecordKind? KindOf(IMessage record) => record is Records.V1.Record own
        ? RecordKinds.Find(own.Resource)
        : RecordKinds.BuiltIn.FirstOrDefault(kind => kind.Resource.Message == record.Descriptor);
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Importing;

namespace Platform.Contacts.Merging;

/// <summary>Which record's value each field of the one that stays gets.</summary>
/// <param name="records">The record that stays, then the others in the order of the request.</param>
/// <param name="choices">What the request says.</param>
/// <param name="adopt">Those custom fields of another record that fit today, and that the platform does not set itself.</param>
internal sealed class Survivorship<T>(IReadOnlyList<T> records, ChosenFields choices, Func<Struct, Struct> adopt)
    where T : class, IMessage<T>, IDeepCloneable<T>
{
    /// <summary>The record that stays as it is to be.</summary>
    public T Decide()
    {
        var outcome = records[0].Clone();
        foreach (var field in ChosenFields.Of(outcome.Descriptor))
        {
            if (ChosenFields.IsMap(field))
                field.Accessor.SetValue(outcome, Keys(record => (Struct?)field.Accessor.GetValue(record) ?? new Struct()));
            // Of what there may be several, none is lost unless somebody chooses.
            else if (!field.IsRepeated || choices.All.ContainsKey(field.Name))
                field.Put(outcome, Pick(choices.Of(field.Name), record => Blanks.IsSet(field, record)) is { } source ? field.Accessor.GetValue(source) : field.IsRepeated ? Array.Empty<object>() : null);
        }

        return outcome;
    }

    private Struct Keys(Func<T, Struct> of)
    {
        var outcome = of(records[0]).Clone();
        // By rule only what fits is taken over; what was chosen by name is checked with the whole.
        var fitting = new Dictionary<T, Struct>(ReferenceEqualityComparer.Instance);
        foreach (var record in records)
            fitting[record] = record == records[0] ? outcome.Clone() : adopt(of(record));
        foreach (var key in records.SelectMany(record => of(record).Fields.Keys).Distinct(StringComparer.Ordinal).ToList())
        {
            var choice = choices.OfKey(key);
            var chosen = choice.RecordId.Length > 0 && choices.All.ContainsKey(ResourceInfo.CustomFieldsPrefix + key);
            var source = Pick(choice, record => fitting[record].Fields.ContainsKey(key));
            var values = source is null ? null : chosen ? of(source) : fitting[source];
            if (values?.Fields.GetValueOrDefault(key) is { } value)
                outcome.Fields[key] = value.Clone();
            else if (choice.RecordId.Length > 0)
                outcome.Fields.Remove(key);
        }

        return outcome;
    }

    private T? Pick(V1.FieldChoice choice, Func<T, bool> has) => choice switch
    {
        { RecordId.Length: > 0 } => records.First(record => Guid.Parse(Text(record, "id")) == Guid.Parse(choice.RecordId)),
        { Rule: V1.SurvivorshipRule.Newest } => records.Where(has).OrderByDescending(record => Time(record, "update_time")).FirstOrDefault(),
        { Rule: V1.SurvivorshipRule.Oldest } => records.Where(has).OrderBy(record => Time(record, "create_time")).FirstOrDefault(),
        _ => records.FirstOrDefault(has),
    };

    private static string Text(T record, string field) => (string)record.Descriptor.FindFieldByName(field).Accessor.GetValue(record);

    private static DateTimeOffset Time(T record, string field) => ((Timestamp)record.Descriptor.FindFieldByName(field).Accessor.GetValue(record)).ToDateTimeOffset();
}

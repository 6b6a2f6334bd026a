using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;

namespace Platform.Contacts.Merging;

/// <summary>Takes back what a merge changed in the record that stayed; what was changed since stays, and is named.</summary>
internal sealed class Reversal<T>(T current, T before, T after)
    where T : class, IMessage<T>, IDeepCloneable<T>
{
    // The platform computes such values anew; no key of a field has the character.
    private const char Computed = '@';

    private readonly List<string> _kept = [];

    /// <summary>Fields that stay, in the names of the .proto.</summary>
    public IReadOnlyList<string> Kept => _kept;

    public T Undo()
    {
        var outcome = current.Clone();
        foreach (var field in ChosenFields.Of(current.Descriptor))
        {
            if (ChosenFields.IsMap(field))
                field.Accessor.SetValue(outcome, Keys(Map(current, field), Map(before, field), Map(after, field)));
            else
                Undo(outcome, field);
        }

        return outcome;
    }

    private void Undo(T outcome, FieldDescriptor field)
    {
        var (was, made) = (field.Accessor.GetValue(before), field.Accessor.GetValue(after));
        if (Equals(was, made))
            return;
        if (!Equals(field.Accessor.GetValue(current), made))
            _kept.Add(field.Name);
        else
            field.Put(outcome, was);
    }

    private Struct Keys(Struct now, Struct was, Struct made)
    {
        var outcome = now.Clone();
        foreach (var key in was.Fields.Keys.Union(made.Fields.Keys, StringComparer.Ordinal).Where(key => !key.Contains(Computed, StringComparison.Ordinal)))
        {
            var (old, given) = (was.Fields.GetValueOrDefault(key), made.Fields.GetValueOrDefault(key));
            if (Equals(old, given))
                continue;
            if (!Equals(now.Fields.GetValueOrDefault(key), given))
                _kept.Add(ResourceInfo.CustomFieldsPrefix + key);
            else if (old is null)
                outcome.Fields.Remove(key);
            else
                outcome.Fields[key] = old.Clone();
        }

        return outcome;
    }

    private static Struct Map(T message, FieldDescriptor field) => (Struct?)field.Accessor.GetValue(message) ?? new Struct();
}

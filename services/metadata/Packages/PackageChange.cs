using Google.Protobuf;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.V1;

namespace Platform.Metadata.Packages;

/// <summary>One step from what is to what is wanted.</summary>
/// <param name="Before">As it is; null where it is to be made.</param>
/// <param name="After">As it is to be; null where it is to go.</param>
internal sealed record PackageChange(PackageItem? Before, PackageItem? After)
{
    private static readonly string[] PlatformsOwn = ["id", "etag", "create_time", "update_time", "delete_time", "purge_time", "used_by", "problems", "preferred", "generated", "owner_id", "logo_type", "result_type"];

    public PackageItem Item => After ?? Before!;

    public string Action => Before is null ? "create" : After is null ? "delete" : "update";

    public MetadataChange ToMessage()
    {
        var message = new MetadataChange { Action = Action, Kind = Item.Kind, Name = Item.Name };
        if (Before is not null && After is not null)
            message.Parts.AddRange(Parts(Before.Message, After.Message));
        // An image is no text to be compared.
        if (Item.Kind != "logo")
            (message.Before, message.After) = (Before is null ? null : PackageDocument.Write(Before.Message), After is null ? null : PackageDocument.Write(After.Message));
        return message;
    }

    /// <summary>The steps from one package to another, in an order in which they can be taken.</summary>
    public static IReadOnlyList<PackageChange> Between(V1.MetadataPackage live, V1.MetadataPackage wanted, bool prune)
    {
        var order = OrderOf(wanted.Fields.Concat(live.Fields));
        var before = InOrder(PackageItem.Of(live), OrderOf(live.Fields)).ToDictionary(item => (item.Kind, item.Name));
        var after = InOrder(PackageItem.Of(wanted), order).Select(item => item with { Message = Plain(item.Message) }).ToList();
        var named = after.Select(item => (item.Kind, item.Name)).ToHashSet();
        var steps = after.Select(item => new PackageChange(before.GetValueOrDefault((item.Kind, item.Name)), item)).Where(step => step.Before is null || !step.Before.Message.Equals(step.After!.Message)).ToList();
        // A logo goes with its theme.
        if (prune)
            steps.AddRange(before.Values.Where(item => !named.Contains((item.Kind, item.Name)) && (item.Kind != "logo" || named.Contains(("theme", item.Name)))).Reverse().Select(item => new PackageChange(item, null)));
        return steps;
    }

    private static Dictionary<string, (int OverRollUps, int Place)> OrderOf(IEnumerable<Field> fields)
    {
        var all = fields.DistinctBy(PackageItem.NameOf).ToList();
        return FormulaRules.InOrder(all).Where(field => field.Type == FieldType.Formula)
            .Select((field, i) => (Name: PackageItem.NameOf(field), Place: (RollUpRules.DepthOf(field, all), i + 1))).ToDictionary(item => item.Name, item => item.Place);
    }

    // Formulas behind all other fields and behind what they read, then roll-ups, then the formulas over those; kinds, and whatever else, stay in the order of the document.
    private static IEnumerable<PackageItem> InOrder(IEnumerable<PackageItem> items, Dictionary<string, (int OverRollUps, int Place)> formulas) =>
        items.GroupBy(item => item.Kind).SelectMany(kind => kind.OrderBy(item => PlaceOf(item, formulas)));

    private static (int Group, int OverRollUps, int Place) PlaceOf(PackageItem item, Dictionary<string, (int OverRollUps, int Place)> formulas)
    {
        if (item.Message is not Field field)
            return default;
        var (depth, place) = formulas.GetValueOrDefault(item.Name);
        return field.Type == FieldType.RollUp ? (1, 0, 0) : (depth > 0 ? 2 : 0, depth, place);
    }

    // A document may have been written from an answer of the API, and says nothing with what the platform says.
    private static IMessage Plain(IMessage message)
    {
        var plain = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        foreach (var name in PlatformsOwn)
            plain.Descriptor.FindFieldByName(name)?.Accessor.Clear(plain);
        return plain;
    }

    private static IEnumerable<string> Parts(IMessage before, IMessage after) => before.Descriptor.Fields.InDeclarationOrder()
        .Where(field => !Equals(field.Accessor.GetValue(before), field.Accessor.GetValue(after))).Select(field => field.JsonName);
}

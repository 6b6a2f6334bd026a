using System.Globalization;
using System.Text;
using CsCheck;
using Google.Protobuf.Reflection;
using Platform.Contacts.V1;

namespace Platform.Tests.Filtering;

/// <summary>Random expressions that are valid for <see cref="Specimen"/>.</summary>
internal static class Expressions
{
    private static readonly Gen<string> AnyComparator = Gen.OneOf("=", "!=", "<", "<=", ">", ">=", ":");
    private static readonly Gen<string> Equality = Gen.OneOf("=", "!=", ":");
    private static readonly Gen<string> Presence = Gen.OneOf(":*", " = null", " != null", ":null");

    private static readonly Gen<string> Text = Gen.OneOf(Specimens.Texts).Select(Quote);
    private static readonly Gen<string> Pattern = Gen.OneOf(Specimens.Texts).Array[2, 3].Select(parts => $"\"{string.Join('*', parts.Select(part => Quote(part)[1..^1]))}\"");
    private static readonly Gen<string> Number = Gen.OneOf(Specimens.Numbers).Select(number => number.ToString(CultureInfo.InvariantCulture));
    private static readonly Gen<string> Whole = Gen.Int[-2, 6].Select(number => number.ToString(CultureInfo.InvariantCulture));
    private static readonly Gen<string> Offset = Gen.Int[-3, 3].Select(number => number.ToString(CultureInfo.InvariantCulture));
    private static readonly Gen<string> Id = Gen.OneOf(Specimens.Ids).Select(id => id.ToString());

    private static readonly Gen<string> Date = Gen.OneOf(
        Gen.OneOf(Specimens.Days).Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.OneOf("startOfDay", "startOfWeek", "startOfMonth", "startOfQuarter", "startOfYear", "daysAgo", "endOfDay", "endOfWeek", "endOfMonth", "endOfQuarter", "endOfYear"), Offset).Select((name, offset) => $"{name}({offset})"),
        Gen.OneOf("today()", "startOfMonth()"));

    private static readonly Gen<string> Moment = Gen.OneOf(
        Date,
        Gen.Const("now()"),
        Gen.OneOf(Specimens.Moments).Select(moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
        Gen.OneOf(Specimens.Moments).Select(moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)));

    private static readonly Gen<string> Choice = Gen.OneOf(LeadsReflection.Descriptor.EnumTypes[0].Values.Select(value => value.Name).ToArray());

    private static readonly Gen<string> Key = Gen.OneOf("color", "size", "0", "\"a b\"", "\"%\"", "color.shade", "size.0", "color.\"a b\"", "size.shade.shade");

    private static readonly Gen<string> Comparison = Gen.OneOf(
        Compare(Gen.OneOf("name", "note", "amount.currency"), AnyComparator, Text),
        Compare(Gen.OneOf("name", "note"), Equality, Pattern),
        Compare(Gen.OneOf("name", "note"), Equality, Gen.OneOf("user.roles", "user.id", "user.teams")),
        Compare(Gen.OneOf("price", "discount", "amount", "amount.amount"), AnyComparator, Number),
        Compare(Gen.OneOf("worth", "cost", "worth.amount"), AnyComparator, Gen.Select(Gen.OneOf(Specimens.Numbers), Gen.OneOf(Specimens.Rates)).Select((number, rate) => (number * rate).ToString(CultureInfo.InvariantCulture))),
        Compare(Gen.OneOf("amount", "worth"), AnyComparator, Gen.Select(Number, Gen.OneOf("EUR", "USD")).Select((number, code) => $"\"{number} {code}\"")),
        Compare(Gen.OneOf("count", "size"), AnyComparator, Whole),
        Compare(Gen.OneOf("active", "checked"), Equality, Gen.OneOf("true", "false")),
        Gen.OneOf("active", "checked", "custom_fields.color"),
        Compare(Gen.OneOf("day", "due_date"), AnyComparator, Date),
        Compare(Gen.OneOf("create_time", "seen_time"), AnyComparator, Moment),
        Compare(Gen.OneOf("status", "next_status"), Equality, Choice),
        Compare(Gen.OneOf("id", "owner_id"), Equality, Gen.OneOf(Id, Gen.OneOf("user.id", "user.teams", "user.subordinates"))),
        Compare(Gen.OneOf("id", "owner_id"), AnyComparator, Id),
        Compare(Gen.Const("tags"), Gen.Const(":"), Gen.OneOf(Text, Gen.Const("user.roles"))),
        Compare(Gen.Const("team_ids"), Gen.Const(":"), Gen.OneOf(Id, Gen.OneOf("user.id", "user.teams"))),
        Gen.Select(Gen.OneOf("name", "note", "price", "discount", "checked", "due_date", "seen_time", "status", "next_status", "owner_id", "tags", "team_ids", "amount", "worth"), Presence).Select((field, asked) => field + asked),
        Custom(AnyComparator, Gen.OneOf(Text, Number, Date)),
        Custom(Equality, Gen.OneOf(Pattern, Gen.OneOf("true", "false", "user.roles", "user.id"))),
        Gen.Select(Key, Presence).Select((key, asked) => $"custom_fields.{key}{asked}"),
        Gen.OneOf("custom_fields:color", "custom_fields:\"a b\"", "user.roles:a", "user.id:*", "user.teams:*", "user.subordinates:user.teams"),
        Compare(Gen.OneOf("group.title", "group.remark", "model.note"), AnyComparator, Text),
        Compare(Gen.OneOf("group.title", "group.remark", "model.name"), Equality, Pattern),
        Compare(Gen.OneOf("group.rank", "model.amount"), AnyComparator, Number),
        Compare(Gen.OneOf("group.day", "model.due_date"), AnyComparator, Date),
        Compare(Key.Select(key => $"group.custom_fields.{key}"), AnyComparator, Gen.OneOf(Text, Number)),
        Gen.Select(Gen.OneOf("group", "model", "group.title", "group.remark", "group.rank", "group.custom_fields.color", "model.tags", "model.next_status"), Presence).Select((field, asked) => field + asked),
        Gen.Select(Gen.OneOf("name", "note"), Equality, Text.Array[1, 3], Gen.OneOf(" OR ", " AND ", " ")).Select((field, comparator, values, joint) => $"{field} {comparator} ({string.Join(joint, values)})"));

    /// <summary>Trees of up to four levels.</summary>
    public static Gen<string> All { get; } = Tree(3);

    private static Gen<string> Tree(int depth) => depth == 0 ? Comparison : Gen.Frequency(
        (2, Comparison),
        (1, Tree(depth - 1).Select(inner => $"NOT ({inner})")),
        (1, Comparison.Select(inner => $"-{inner}")),
        (2, Gen.Select(Tree(depth - 1).Array[2, 3], Gen.OneOf(" AND ", " OR ", " ")).Select((parts, joint) => $"({string.Join(joint, parts)})")));

    private static Gen<string> Custom(Gen<string> comparators, Gen<string> values) => Compare(Key.Select(key => $"custom_fields.{key}"), comparators, values);

    private static Gen<string> Compare(Gen<string> fields, Gen<string> comparators, Gen<string> values) =>
        Gen.Select(fields, comparators, values).Select((field, comparator, value) => $"{field} {comparator} {value}");

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c is '"' or '\\' or '*' ? "\\" : "").Append(c);
        return quoted.Append('"').ToString();
    }
}

using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;

namespace Platform.Filtering;

/// <summary>
/// An expression of the platform's one filter language (after AIP-160; see docs/filtering.md), parsed and not yet tied to a
/// resource. List filters, saved views, segments, automation conditions and row policies are all such expressions.
/// </summary>
public sealed class Filter
{
    private readonly Node _root;

    private Filter(string text, Node root) => (Text, _root) = (text, root);

    /// <summary>Lets every row pass: the empty expression.</summary>
    public static Filter Everything { get; } = new("", new AllOf([], 0));

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether every row passes because nothing is asked.</summary>
    public bool IsEmpty => _root is AllOf { Items.Count: 0 };

    /// <summary>Whether it depends on the row alone: neither on who asks nor on the time.</summary>
    internal bool IsOfRowAlone => OfRowAlone(_root);

    /// <summary>Whether it depends on the time: rows come and go without being changed.</summary>
    public bool ReadsClock => Find(_root, restriction => restriction.Argument is Call) is not null;

    /// <summary>Whether it depends on the time of day, and not only on the date.</summary>
    public bool ReadsTimeOfDay => Find(_root, restriction => restriction.Argument is Call { Name: "now" }) is not null;

    /// <summary>The fault of an expression that speaks of the caller where nobody in particular asks; null where it does not.</summary>
    public Error? CheckWithoutCaller() => Find(_root, SpeaksOfCaller) is { } found
        ? FilterErrors.At(found.Position, "Nobody in particular asks here: leave out what begins with 'user.'.") : null;

    /// <summary>Reads an expression; empty text is <see cref="Everything"/>. Fails with <c>INVALID_FILTER</c> and the position of the fault.</summary>
    public static Result<Filter> Parse(string text) =>
        string.IsNullOrWhiteSpace(text) ? Everything : Parser.Parse(text, out var root) is { } error ? error : new Filter(text, root);

    /// <summary>Ties the expression to a resource: checks every field, operator and value once. Fails with <c>INVALID_FILTER</c>.</summary>
    /// <param name="schema">The fields of the resource.</param>
    /// <param name="fields">Those that the tenant added; null where their types are not known, and the value in the expression decides.</param>
    /// <param name="strict">Whether a custom field that the tenant does not have is a fault.</param>
    public Result<BoundFilter<T>> Bind<T>(FilterSchema<T> schema, TenantFields? fields = null, bool strict = true)
        where T : class
    {
        var binder = new Binder<T>(schema, fields, strict);
        var condition = binder.Bind(_root);
        return binder.Error is { } error ? error : new BoundFilter<T>(this, schema, condition, binder.Fields) { Related = binder.Related, Links = binder.Links };
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static bool SpeaksOfCaller(Restriction restriction) =>
        restriction is { Field.First: CallerConditions.Prefix } || (restriction.Argument is Literal literal && Variable.IsMeant(literal));

    private static Restriction? Find(Node node, Func<Restriction, bool> isMeant) => node switch
    {
        AllOf all => all.Items.Select(item => Find(item, isMeant)).FirstOrDefault(found => found is not null),
        AnyOf any => any.Items.Select(item => Find(item, isMeant)).FirstOrDefault(found => found is not null),
        Negation negation => Find(negation.Inner, isMeant),
        Restriction restriction => isMeant(restriction) ? restriction : null,
        _ => null,
    };

    private static bool OfRowAlone(Node node) => node switch
    {
        AllOf all => all.Items.All(OfRowAlone),
        AnyOf any => any.Items.All(OfRowAlone),
        Negation negation => OfRowAlone(negation.Inner),
        Restriction { Field.First: CallerConditions.Prefix } or Restriction { Argument: Call } => false,
        Restriction { Argument: Literal literal } => !Variable.IsMeant(literal),
        _ => true,
    };
}

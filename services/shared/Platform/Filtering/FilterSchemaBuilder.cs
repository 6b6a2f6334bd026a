using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Filtering.Conditions;
using Platform.Filtering.Fields;
using Platform.Filtering.Values;

namespace Platform.Filtering;

/// <summary>Declares fields, one line each. Accessors are what EF Core can translate: a mapped property, or an expression of some.</summary>
public sealed class FilterSchemaBuilder<T>
    where T : class
{
    private readonly ParameterExpression _row = Expression.Parameter(typeof(T), "row");
    private readonly List<FilterField<T>> _fields = [];
    private readonly List<RelatedField<T>> _related = [];
    private readonly List<AmongField<T>> _groups = [];

    /// <summary>Text.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="accessor">The column.</param>
    /// <param name="sortable">Whether rows are sorted by it.</param>
    /// <param name="lower">An indexed column that has <c>lower(text)</c>, by which rows of one text are found; functions of a row are of no use to an index under row-level security.</param>
    public FilterSchemaBuilder<T> Text(string name, Expression<Func<T, string?>> accessor, bool sortable = false, Expression<Func<T, string?>>? lower = null) =>
        Add(new TextField<T>(name, _row, accessor, sortable, lower));

    /// <summary>A decimal number, compared exactly.</summary>
    public FilterSchemaBuilder<T> Number(string name, Expression<Func<T, decimal?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, decimal>(name, FilterKind.Number, _row, accessor, Numbers.Decimal, sortable));

    /// <summary>A whole number.</summary>
    public FilterSchemaBuilder<T> Number(string name, Expression<Func<T, int?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, int>(name, FilterKind.Number, _row, accessor, Numbers.Whole, sortable));

    /// <summary>A large whole number.</summary>
    public FilterSchemaBuilder<T> Number(string name, Expression<Func<T, long?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, long>(name, FilterKind.Number, _row, accessor, Numbers.Long, sortable));

    /// <summary>True or false.</summary>
    public FilterSchemaBuilder<T> Boolean(string name, Expression<Func<T, bool?>> accessor) =>
        Add(new ScalarField<T, bool>(name, FilterKind.Boolean, _row, accessor, Choices.Boolean, sortable: false) { IsOrdered = false });

    /// <summary>A calendar date.</summary>
    public FilterSchemaBuilder<T> Date(string name, Expression<Func<T, DateOnly?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, DateOnly>(name, FilterKind.Date, _row, accessor, Dates.Date, sortable));

    /// <summary>A moment in time, with the precision of PostgreSQL: microseconds.</summary>
    public FilterSchemaBuilder<T> Instant(string name, Expression<Func<T, DateTimeOffset?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, DateTimeOffset>(name, FilterKind.Instant, _row, accessor, Dates.Instant, sortable));

    /// <summary>A value of a proto enum, written as in proto and JSON: <c>DEAL_STATUS_OPEN</c>.</summary>
    public FilterSchemaBuilder<T> Choice<TEnum>(string name, Expression<Func<T, TEnum>> accessor)
        where TEnum : struct, System.Enum => AddChoice<TEnum>(name, accessor);

    /// <summary>A value of a proto enum, or none.</summary>
    public FilterSchemaBuilder<T> Choice<TEnum>(string name, Expression<Func<T, TEnum?>> accessor)
        where TEnum : struct, System.Enum => AddChoice<TEnum>(name, accessor);

    /// <summary>The id of this or another resource. Ids have the order of their bytes: of those that the platform gives, later ones are greater.</summary>
    public FilterSchemaBuilder<T> Id(string name, Expression<Func<T, Guid?>> accessor, bool sortable = false) =>
        Add(new ScalarField<T, Guid>(name, FilterKind.Id, _row, accessor, Ids.Id, sortable));

    /// <summary>Several texts, such as tags.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="accessor">The column, or how a row has them in memory.</param>
    /// <param name="column">The column that has the same; the accessor itself where none is named.</param>
    /// <param name="inSmallLetters">Whether they are kept in small letters: then the case of what is asked for does not matter.</param>
    public FilterSchemaBuilder<T> TextList(
        string name, Expression<Func<T, IEnumerable<string>?>> accessor, Expression<Func<T, IEnumerable<string>?>>? column = null, bool inSmallLetters = false) =>
        Add(new ListField<T, string>(name, _row, accessor, inSmallLetters ? Texts.SmallElement : Texts.Element, column));

    /// <summary>Ids of several resources.</summary>
    public FilterSchemaBuilder<T> IdList(string name, Expression<Func<T, IEnumerable<Guid>?>> accessor) =>
        Add(new ListField<T, Guid>(name, _row, accessor, Elements.Of(Ids.Id)));

    /// <summary>Several numbers.</summary>
    public FilterSchemaBuilder<T> NumberList(string name, Expression<Func<T, IEnumerable<decimal>?>> accessor) =>
        Add(new ListField<T, decimal>(name, _row, accessor, Elements.Of(Numbers.Decimal)));

    /// <summary>An amount and its currency; compared with a number or with a text such as "5000 EUR".</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="amount">The column.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="sortable">Whether rows are sorted by it.</param>
    /// <param name="rate">What one unit of it is worth in the company's currency, in which it is then compared and sorted; without it, numbers are compared in whatever currency.</param>
    public FilterSchemaBuilder<T> Money(
        string name, Expression<Func<T, decimal?>> amount, Expression<Func<T, string?>> currency, bool sortable = false, Expression<Func<T, decimal?>>? rate = null) =>
        Add(new MoneyField<T>(name, _row, amount, currency, sortable, rate));

    /// <summary>An amount in the company's currency, as answers tell it.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="amount">The amount as it is, in its own currency.</param>
    /// <param name="rate">What one unit of that is worth in the company's; null where that is not known.</param>
    /// <param name="companyCurrency">The company's.</param>
    public FilterSchemaBuilder<T> Reported(
        string name, Expression<Func<T, decimal?>> amount, Expression<Func<T, decimal?>> rate, Expression<Func<T, string?>> companyCurrency) =>
        Add(MoneyField<T>.Reported(name, _row, amount, rate, companyCurrency));

    /// <summary>Fields that the tenant defined, in a JSONB column: <c>custom_fields.color</c>.</summary>
    /// <param name="name">The name of the whole.</param>
    /// <param name="accessor">The column.</param>
    /// <param name="resource">The kind of record that tenants add them to: <c>deals.deal</c>; without it, values are of any type.</param>
    /// <param name="related">The kinds of records of this service that relations may lead to, by name; null for those of others.</param>
    public FilterSchemaBuilder<T> Custom(string name, Expression<Func<T, Struct>> accessor, string resource = "", Func<string, ProtectedResource?>? related = null) =>
        Add(new CustomField<T>(name, _row, accessor, resource, related));

    /// <summary>A record of the same service that this one names: <c>company.name</c>. Of those that the caller may read.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="idField">The field that has its id.</param>
    /// <param name="id">That field.</param>
    public FilterSchemaBuilder<T> Related<TRelated>(string name, string idField, Expression<Func<T, Guid?>> id)
        where TRelated : ProtectedEntity, IProtected<TRelated> =>
        Related(name, idField, id, () => TRelated.Resource.Schema, () => TRelated.Resource.Info.Name, db => db.ProtectedRows<TRelated>());

    /// <summary>Groups whose members rows may be, each named by its id: <c>segments : "…"</c>. Unknown where a row is decided on alone, as policies do.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="members">Ids of the members of a group, as far as the caller may learn of them.</param>
    public FilterSchemaBuilder<T> Among(string name, Func<PlatformDbContext, Guid, IQueryable<Guid>> members)
    {
        _groups.Add(new AmongField<T>(name, _row, (db, groups) => groups.Select(group => members(db, group))));
        return this;
    }

    /// <summary>The same, where the members of however many groups are found at once.</summary>
    /// <param name="name">As expressions name it.</param>
    /// <param name="members">Ids of the members of any of some groups.</param>
    public FilterSchemaBuilder<T> Among(string name, Func<PlatformDbContext, IReadOnlyCollection<Guid>, IQueryable<Guid>> members)
    {
        _groups.Add(new AmongField<T>(name, _row, (db, groups) => [members(db, groups)]));
        return this;
    }

    internal FilterSchemaBuilder<T> Related<TRelated>(
        string name, string idField, Expression<Func<T, Guid?>> id, Func<FilterSchema<TRelated>> schema, Func<string> resource, Func<PlatformDbContext, IQueryable<TRelated>> rows)
        where TRelated : Entity
    {
        var accessor = Accessor.Of<T, Guid?>(_row, id);
        _related.Add(new RelatedField<T, TRelated>(name, idField, (inner, isPresence) => new OfRelated<T, TRelated>(accessor, inner, schema().Row, rows, isPresence), schema, resource));
        return this;
    }

    internal FilterSchema<T> Build() => new(_row, _fields, _related, _groups);

    private FilterSchemaBuilder<T> AddChoice<TEnum>(string name, LambdaExpression accessor)
        where TEnum : struct, System.Enum =>
        Add(new ScalarField<T, TEnum>(name, FilterKind.Choice, _row, accessor, Choices.Enum<TEnum>(), sortable: false) { IsOrdered = false, Missing = default(TEnum) });

    private FilterSchemaBuilder<T> Add(FilterField<T> field)
    {
        _fields.Add(field);
        return this;
    }
}

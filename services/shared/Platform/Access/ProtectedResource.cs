using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Policies;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
using Platform.Data;
using Platform.Filtering;
using Platform.Filtering.Conditions;
using Platform.Filtering.Fields;

namespace Platform.Access;

/// <summary>A kind of record, as the service that owns it knows it.</summary>
public abstract class ProtectedResource(string name)
{
    /// <summary>What all services know of it.</summary>
    public ResourceInfo Info { get; } = ResourceCatalogue.FindOrObjects(name) ?? throw new InvalidOperationException($"'{name}' is not in the catalogue of resources.");

    /// <summary>The kind of that name: this one, or one of those that it stands for; null for any other.</summary>
    public abstract ProtectedResource? Find(string name);

    /// <summary>What the rules say of an action on a record.</summary>
    internal abstract AccessDecision Decide(PersonAccess access, AccessAction action, ProtectedEntity row, FilterContext context);

    /// <summary>What the rules say of an action, whatever the record.</summary>
    internal abstract AccessDecision DecideWithoutRecord(PersonAccess access, AccessAction action);

    /// <summary>The record, tracked; null where there is none that the caller may see, or none at all where everything is asked for.</summary>
    internal abstract Task<ProtectedEntity?> FindAsync(PlatformDbContext db, Guid id, bool everything, CancellationToken cancellationToken);

    /// <summary>The fields that a filter reads; null where it cannot be read.</summary>
    internal abstract IReadOnlySet<string>? FieldsOf(string filter, TenantFields? fields);

    /// <summary>The fields that an order by this one tells of, itself among them.</summary>
    internal abstract IEnumerable<string> SortedBy(string field);

    /// <summary>What a built-in field holds, for formulas.</summary>
    internal abstract FormulaValue ValueOf(ProtectedEntity row, string field);

    /// <summary>Whether the roll-up counts the record, as far as its filter says.</summary>
    internal abstract bool Passes(ProtectedEntity row, RollUpField rollUp, TenantFields fields);

    /// <summary>Those of the ids whose record the caller may see.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="alone">Whether what the record is about is asked for elsewhere: then policies on the record itself decide.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    internal abstract Task<HashSet<Guid>> VisibleAsync(PlatformDbContext db, IReadOnlyCollection<Guid> ids, bool alone, CancellationToken cancellationToken);

    /// <summary>Records of this kind that a field of a row leads to, for filters.</summary>
    internal abstract RelatedField<TRow> LedToBy<TRow>(string field, Accessor<TRow, Value?> value)
        where TRow : class;

    /// <summary>Every record of these ids, not tracked.</summary>
    internal abstract Task<IReadOnlyList<ProtectedEntity>> LoadAsync(PlatformDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>A kind of record, as the service that owns it knows it.</summary>
/// <param name="name">Its name in the catalogue.</param>
/// <param name="schema">The fields that filters may name.</param>
public sealed class ProtectedResource<T>(string name, FilterSchema<T> schema) : ProtectedResource(name)
    where T : ProtectedEntity, IProtected<T>
{
    /// <summary>The fields that filters may name.</summary>
    public FilterSchema<T> Schema { get; } = schema;

    /// <summary>Which rows are of this kind; null where the table holds no other.</summary>
    public Expression<Func<T, bool>>? Rows { get; init; }

    /// <summary>The kinds that it stands for, by name.</summary>
    public Func<string, ProtectedResource<T>?>? Kinds { get; init; }

    /// <summary>What narrows the rows beside policies, such as those on the records that a row is about; null for nothing.</summary>
    public Func<IQueryable<T>, PlatformDbContext, IQueryable<T>>? Sight { get; init; }

    /// <summary>The kind of which each row is a part, and the rows whose whole the caller may see: what is out of reach by its pipeline has no parts either.</summary>
    public (string Resource, Func<IQueryable<T>, PlatformDbContext, IQueryable<T>> Rows)? Whole { get; init; }

    /// <inheritdoc />
    public override ProtectedResource? Find(string name) => Kinds is null ? name == Info.Name ? this : null : Kinds(name);

    internal override AccessDecision Decide(PersonAccess access, AccessAction action, ProtectedEntity row, FilterContext context) =>
        access.RulesOf(this, context.CustomFields).For(action).Decide((T)row, context);

    internal override AccessDecision DecideWithoutRecord(PersonAccess access, AccessAction action) => access.RulesOf(this, fields: null).For(action).DecideWithoutRecord();

    internal override async Task<ProtectedEntity?> FindAsync(PlatformDbContext db, Guid id, bool everything, CancellationToken cancellationToken)
    {
        var rows = db.ProtectedRows<T>().Of(this);
        return await (everything ? rows.Unfiltered : rows).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    internal override IReadOnlySet<string>? FieldsOf(string filter, TenantFields? fields)
    {
        var parsed = Filter.Parse(filter);
        return parsed.IsError || parsed.Value.Bind(Schema, fields) is not { IsError: false } bound ? null : bound.Value.Fields;
    }

    internal override IEnumerable<string> SortedBy(string field) => (Schema.Find(field)?.AlsoSortedBy ?? []).Prepend(field);

    internal override FormulaValue ValueOf(ProtectedEntity row, string field) => Schema.Find(field)?.ValueOf((T)row) ?? FormulaValue.Missing;

    internal override bool Passes(ProtectedEntity row, RollUpField rollUp, TenantFields fields) =>
        rollUp.FilterFor(Schema, fields)?.Evaluate((T)row, new FilterContext(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, CallerVariables.None) { CustomFields = fields }) is true;

    internal override async Task<HashSet<Guid>> VisibleAsync(PlatformDbContext db, IReadOnlyCollection<Guid> ids, bool alone, CancellationToken cancellationToken)
    {
        var rows = db.ProtectedRows<T>().Of(this).Where(row => ids.Contains(row.Id));
        return [.. await (alone ? rows : InSight(rows, db)).Select(row => row.Id).ToListAsync(cancellationToken)];
    }

    internal override RelatedField<TRow> LedToBy<TRow>(string field, Accessor<TRow, Value?> value) => new RelatedField<TRow, T>(
        field, field, (inner, isPresence) => new OfSeveral<TRow, T>(value, inner, Schema.Row, db => db.ProtectedRows<T>().Of(this), isPresence), () => Schema, () => Info.Name);

    internal override async Task<IReadOnlyList<ProtectedEntity>> LoadAsync(PlatformDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await db.ProtectedRows<T>().Of(this).Unfiltered.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private IQueryable<T> InSight(IQueryable<T> rows, PlatformDbContext db) => Sight is null ? rows : Sight(rows, db);
}

using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Conditions;

/// <summary>
/// A condition of a roll-up. Unknown while it is being counted; and where records are decided one by one, as policies do, because
/// nobody looks beside the record there.
/// </summary>
/// <param name="row">The schema's row.</param>
/// <param name="stored">Reads the record's custom fields.</param>
/// <param name="rollUp">The roll-up, or formula over some; null where it counts nothing.</param>
/// <param name="inner">The condition.</param>
/// <param name="parameter">The value that the condition speaks of.</param>
/// <param name="isPresence">Then it is false and not unknown where there is no value.</param>
internal sealed class OfRollUp<T>(
    ParameterExpression row, Accessor<T, Struct> stored, BesideField? rollUp, Condition<RollUpValue> inner, ParameterExpression parameter, bool isPresence) : Condition<T>
{
    private static readonly Func<IQueryable<RollUpValue>, Expression<Func<RollUpValue, bool>>, bool> Any = Queryable.Any;
    private static readonly Func<IQueryable<CustomFieldIndex>, bool> AnyIndex = Queryable.Any;
    private static readonly Func<Guid, Guid, string, string> RollUpsOf = FilterMethods.RollUpsOf;
    private static readonly Func<string?, string?, string> Concat = string.Concat;
    private static readonly RollUpValue Nothing = new() { Number = 0 };

    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (context.Database is not { } db || rollUp is null)
            return Expression.Constant(false);
        return rollUp.Counted.Select(each => IsCounted(db, each)).Append<Expression>(Holds(db, context, outcome)).Aggregate(Expression.AndAlso);
    }

    public override bool? Evaluate(T row, FilterContext context) => null;

    private static MethodCallExpression IsCounted(PlatformDbContext db, BesideField rollUp)
    {
        var (child, key) = (rollUp.Child, rollUp.StoredKey);
        return Expression.Call(AnyIndex.Method, db.Counted(index => index.Resource == child && index.FieldKey == key).Expression);
    }

    private Expression Holds(PlatformDbContext db, FilterContext context, bool outcome)
    {
        // What is still to be computed is not known to be missing.
        if (isPresence && !outcome && rollUp is RollUpFormula)
            return Exists(db, Expression.Not(inner.Translate(context, outcome: true)));
        if (isPresence && !outcome)
            return Expression.Not(Holds(db, context, outcome: true));
        var holds = Exists(db, inner.Translate(context, outcome));
        return rollUp!.IsCount && inner.Evaluate(Nothing, context) == outcome
            ? Expression.OrElse(holds, Expression.Not(Exists(db, Expression.Constant(true))))
            : holds;
    }

    // Whether the value was made of what the record and its roll-ups are.
    private BinaryExpression IsOfNow(RollUpFormula formula, ParameterExpression value)
    {
        var own = new CustomValue<T>(stored, [formula.StoredKey]).Text.Body;
        var rollUps = Expression.Call(
            RollUpsOf.Method, Expression.Property(value, nameof(RollUpValue.TenantId)), Expression.Property(value, nameof(RollUpValue.RecordId)), QueryParameter.Of(formula.Rolled));
        return Expression.Equal(Expression.Property(value, nameof(RollUpValue.Unit)), Expression.Add(own, rollUps, Concat.Method));
    }

    private MethodCallExpression Exists(PlatformDbContext db, Expression condition)
    {
        var value = Expression.Parameter(typeof(RollUpValue), "value");
        Expression[] all =
        [
            Expression.Equal(Expression.Property(value, nameof(RollUpValue.RollUp)), QueryParameter.Of(rollUp!.StoredKey)),
            Expression.Equal(Expression.Property(value, nameof(RollUpValue.RecordId)), Expression.Property(row, nameof(Entity.Id))),
            .. rollUp is RollUpFormula formula ? [IsOfNow(formula, value)] : (Expression[])[],
            new ParameterReplacement(parameter, value).Visit(condition),
        ];
        return Expression.Call(Any.Method, ((IQueryable)db.Set<RollUpValue>()).Expression, Expression.Quote(Expression.Lambda<Func<RollUpValue, bool>>(all.Aggregate(Expression.AndAlso), value)));
    }
}

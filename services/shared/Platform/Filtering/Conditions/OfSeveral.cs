using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Conditions;

/// <summary>
/// A condition of the records that a field of this one leads to: true where one of them fulfils it, false where none does and one is
/// known not to. Unknown where there is none that the caller may read, as in <see cref="OfRelated{T, TRelated}"/>.
/// </summary>
/// <param name="value">Reads the id, or the list of ids.</param>
/// <param name="inner">The condition.</param>
/// <param name="parameter">The row that the condition speaks of.</param>
/// <param name="rows">Those records that the caller may read.</param>
/// <param name="isPresence">Then it is false and not unknown where there is none.</param>
internal sealed class OfSeveral<T, TRelated>(
    Accessor<T, Value?> value, Condition<TRelated> inner, ParameterExpression parameter, Func<PlatformDbContext, IQueryable<TRelated>> rows, bool isPresence) : Condition<T>
    where TRelated : Entity
{
    private static readonly Func<IQueryable<TRelated>, Expression<Func<TRelated, bool>>, bool> Any = Queryable.Any;
    private static readonly Func<Value?, Guid, bool> LeadsTo = FilterMethods.LeadsTo;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        // Where records are decided one by one, as policies do, nobody looks at others: unknown lets nothing pass.
        if (context.Database is not { } db)
            return Expression.Constant(false);
        var holds = Exists(db, context, outcome: true);
        return outcome ? holds : isPresence ? Expression.Not(holds) : Expression.AndAlso(Exists(db, context, outcome: false), Expression.Not(holds));
    }

    public override bool? Evaluate(T row, FilterContext context)
    {
        if (context.FindRelated is not { } find)
            return null;
        var outcomes = FilterMethods.Ids(value.Read(row)).Select(id => find(typeof(TRelated), id)).OfType<TRelated>().Select(related => inner.Evaluate(related, context)).ToList();
        return outcomes.Contains(true) ? true : isPresence || outcomes.Contains(false) ? false : null;
    }

    private MethodCallExpression Exists(PlatformDbContext db, FilterContext context, bool outcome)
    {
        // A row of its own, because both may be of one kind.
        var related = Expression.Parameter(typeof(TRelated), "related");
        var isMeant = Expression.Call(LeadsTo.Method, value.Body, Expression.Property(related, nameof(Entity.Id)));
        var holds = new ParameterReplacement(parameter, related).Visit(inner.Translate(context, outcome));
        return Expression.Call(Any.Method, rows(db).Expression, Expression.Quote(Expression.Lambda<Func<TRelated, bool>>(Expression.AndAlso(isMeant, holds), related)));
    }
}

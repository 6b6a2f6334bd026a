using System.Linq.Expressions;
using Platform.Data;
using Platform.Filtering.Fields;

namespace Platform.Filtering.Conditions;

/// <summary>
/// A condition of the record that this one names. Unknown where there is none, or none that the caller may read; so nobody
/// finds out by filtering what is in a record that they do not see.
/// </summary>
/// <param name="id">Reads its id.</param>
/// <param name="inner">The condition.</param>
/// <param name="parameter">The row that the condition speaks of.</param>
/// <param name="rows">Those records that the caller may read.</param>
/// <param name="isPresence">Then it is false and not unknown where there is none.</param>
internal sealed class OfRelated<T, TRelated>(
    Accessor<T, Guid?> id, Condition<TRelated> inner, ParameterExpression parameter, Func<PlatformDbContext, IQueryable<TRelated>> rows, bool isPresence) : Condition<T>
    where TRelated : Entity
{
    private static readonly Func<IQueryable<TRelated>, Expression<Func<TRelated, bool>>, bool> Any = Queryable.Any;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        // Where records are decided one by one, as policies do, nobody looks at others: unknown lets nothing pass.
        if (context.Database is not { } db)
            return Expression.Constant(false);
        return isPresence && !outcome ? Expression.Not(Exists(db, context, outcome: true)) : Exists(db, context, outcome);
    }

    public override bool? Evaluate(T row, FilterContext context)
    {
        if (context.FindRelated is not { } find)
            return null;
        var related = id.Read(row) is { } key ? find(typeof(TRelated), key) as TRelated : null;
        return related is null ? isPresence ? false : null : inner.Evaluate(related, context);
    }

    private MethodCallExpression Exists(PlatformDbContext db, FilterContext context, bool outcome)
    {
        // A row of its own, because both may be of one kind.
        var related = Expression.Parameter(typeof(TRelated), "related");
        Expression key = Expression.Property(related, nameof(Entity.Id));
        var isMeant = Expression.Equal(id.Body.Type == typeof(Guid) ? key : Expression.Convert(key, typeof(Guid?)), id.Body);
        var holds = new ParameterReplacement(parameter, related).Visit(inner.Translate(context, outcome));
        return Expression.Call(Any.Method, rows(db).Expression, Expression.Quote(Expression.Lambda<Func<TRelated, bool>>(Expression.AndAlso(isMeant, holds), related)));
    }
}

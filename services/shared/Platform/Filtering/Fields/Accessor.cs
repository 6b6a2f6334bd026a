using System.Linq.Expressions;

namespace Platform.Filtering.Fields;

/// <summary>How a field is read: in SQL, and in memory.</summary>
/// <param name="body">Of the schema's row; of type <typeparamref name="TResult"/> or of the type under it.</param>
/// <param name="read">In memory.</param>
internal sealed class Accessor<T, TResult>(Expression body, Func<T, TResult> read)
{
    public Expression Body => body;

    public Func<T, TResult> Read => read;
}

internal static class Accessor
{
    public static Accessor<T, TResult> Of<T, TResult>(ParameterExpression row, LambdaExpression lambda)
    {
        var body = Unwrap(new ParameterReplacement(lambda.Parameters[0], row).Visit(lambda.Body));
        // Compiled when it is first used in memory: most services only ever ask PostgreSQL.
        var compiled = new Lazy<Func<T, TResult>>(() =>
            Expression.Lambda<Func<T, TResult>>(body.Type == typeof(TResult) ? body : Expression.Convert(body, typeof(TResult)), row).Compile());
        return new Accessor<T, TResult>(body, instance => compiled.Value(instance));
    }

    // A property that cannot be null is compared as what it is, so that an index on it is used.
    private static Expression Unwrap(Expression body) =>
        body is UnaryExpression { NodeType: ExpressionType.Convert } convert
        && (Nullable.GetUnderlyingType(convert.Type) == convert.Operand.Type || !convert.Type.IsValueType) ? convert.Operand : body;
}

using System.Linq.Expressions;

namespace Platform.Filtering.Fields;

/// <summary>Puts one row in the place of another.</summary>
internal sealed class ParameterReplacement(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}

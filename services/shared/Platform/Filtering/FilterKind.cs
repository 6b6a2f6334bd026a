namespace Platform.Filtering;

/// <summary>What a field holds, as far as expressions are concerned.</summary>
public enum FilterKind
{
    /// <summary>Text; exact with <c>=</c>, a part of it without regard to case with <c>:</c>.</summary>
    Text,

    /// <summary>A decimal or whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A moment in time.</summary>
    Instant,

    /// <summary>The name of a value of a proto enum.</summary>
    Choice,

    /// <summary>A UUID.</summary>
    Id,

    /// <summary>Several values.</summary>
    List,

    /// <summary>An amount and its currency.</summary>
    Money,

    /// <summary>Fields that the tenant defined.</summary>
    Custom,
}

namespace Platform.Api.Lists;

/// <summary>How a filter compares; written in front of its value, as in <c>filter.quantity=ge:0.5</c>.</summary>
public enum ListOperator
{
    Eq, Ne, Lt, Le, Gt, Ge,

    /// <summary>One of several, between commas.</summary>
    In,

    /// <summary>A text that begins so, letter for letter.</summary>
    Prefix,

    /// <summary><c>is:null</c> or <c>is:set</c>, on fields that may be missing.</summary>
    Is,
}

namespace AirIsland.Architecture.Tests.Tidy;

public sealed class ShapeTests
{
    [Fact]
    public void A_file_has_one_public_type() => ShapeRules.OnePublicType(Repository.Files).MustHold(atLeast: 40);

    [Fact]
    public void Methods_are_short() => ShapeRules.MethodLength(Repository.Files).MustHold(atLeast: 40);

    [Fact]
    public void Classes_take_few_dependencies() => ShapeRules.ConstructorParameters(Repository.Files).MustHold(atLeast: 40);

    [Fact]
    public void Public_types_of_the_product_say_what_they_are() =>
        ShapeRules.PublicTypesAreDescribed(Repository.Product).MustHold(atLeast: 40);

    [Theory]
    [InlineData("public class A; public record B;")]
    [InlineData("namespace N { public enum A { } } namespace M { public delegate void B(); }")]
    public void A_second_public_type_is_found(string text) => ShapeRules.OnePublicType([File(text)]).MustBreak("a second public type");

    [Fact]
    public void Nested_and_internal_types_beside_a_public_one_are_accepted() =>
        ShapeRules.OnePublicType([File("public class A { public class B; } internal class C; file class D;")]).MustHold();

    [Theory]
    [InlineData("class A { void B() {", "} }")]
    [InlineData("class A { A() {", "} }")]
    [InlineData("class A { int B { get {", "return 0; } } }")]
    [InlineData("class A { int B =>", "0; }")]
    [InlineData("class A { public static A operator +(A a, A b) {", "return a; } }")]
    [InlineData("System.Console.WriteLine(1);", "System.Console.WriteLine(2);")]
    public void A_long_method_is_found(string before, string after)
    {
        string Method(int lines) => before + new string('\n', lines - 1) + after;

        ShapeRules.MethodLength([File(Method(61))]).MustBreak("a method of 61 lines");
        ShapeRules.MethodLength([File(Method(60))]).MustHold();
    }

    [Fact]
    public void Attributes_and_comments_above_a_method_do_not_count() =>
        ShapeRules.MethodLength([File("class A { // why\n [X] [Y(" + new string('\n', 70) + ")] void B() { } }")]).MustHold();

    [Theory]
    [InlineData("class A(IB a, IB b, IB c, IB d, B e, List<int> f);")]
    [InlineData("class A { A(IB a, IB b, IB? c, IB[] d, TimeProvider e, Func<int> f) { } }")]
    public void A_class_with_six_dependencies_is_found(string text) =>
        ShapeRules.ConstructorParameters([File(text)]).MustBreak("takes 6 dependencies");

    [Theory]
    [InlineData("class A(IB a, IB b, IB c, IB d, IB e, string f, object? g, byte[] h, TimeSpan i);")]
    [InlineData("record A(IB a, IB b, IB c, IB d, IB e, IB f);")]
    [InlineData("readonly record struct A(IB a, IB b, IB c, IB d, IB e, IB f);")]
    [InlineData("class A { void B(IB a, IB b, IB c, IB d, IB e, IB f) { } }")]
    public void Five_dependencies_any_values_and_wide_records_are_accepted(string text) =>
        ShapeRules.ConstructorParameters([File(text)]).MustHold();

    [Theory]
    [InlineData("public class A;")]
    [InlineData("// not XML\npublic enum A { }")]
    [InlineData("/// <remarks>Late.</remarks>\npublic delegate void A();")]
    [InlineData("/// <summary>Another A.</summary>\npublic class A<T>; public class A;")]
    public void A_public_type_without_a_sentence_is_found(string text) =>
        ShapeRules.PublicTypesAreDescribed([File(text)]).MustBreak("has no <summary>");

    [Fact]
    public void One_described_part_is_enough() =>
        ShapeRules.PublicTypesAreDescribed(
            [File("public partial class A;"), File("/// <summary>An A.</summary>\npublic partial class A;")]).MustHold();

    private static SourceFile File(string text) => new("cloud/AirIsland.Cloud/Api/A.cs", text);
}

using System.Text;
using CsCheck;
using Platform.Domain.Audit;

namespace Platform.Domain.Tests.Audit;

public sealed class MerkleRangeTests
{
    [Fact]
    public void Tree_grown_leaf_by_leaf_has_the_root_of_the_recursive_definition() =>
        Gen.Int[0, 300].Sample(size =>
        {
            var leaves = Leaves(size);
            var range = new MerkleRange();
            foreach (var leaf in leaves)
            {
                range.Append(leaf);
            }

            Assert.Equal(size, range.Size);
            Assert.Equal(Naive(leaves), range.Root);
        });

    [Fact]
    public void Tree_put_away_and_taken_up_again_goes_on_as_if_never_put_away() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200]).Sample((before, after) =>
        {
            var leaves = Leaves(before + after);
            var range = new MerkleRange();
            foreach (var leaf in leaves.Take(before))
            {
                range.Append(leaf);
            }

            range = MerkleRange.Restore(range.Size, range.ToArray());
            foreach (var leaf in leaves.Skip(before))
            {
                range.Append(leaf);
            }

            Assert.Equal(Naive(leaves), range.Root);
        });

    [Fact]
    public void Empty_tree_has_the_hash_of_nothing_for_a_root() => Assert.Equal(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new MerkleRange().Root.ToString());

    // The reference vectors of the certificate transparency code for RFC 6962: roots of the first leaves below.
    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_the_published_vectors(int size, string root)
    {
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var range = new MerkleRange();
        foreach (var input in inputs.Take(size))
        {
            range.Append(AuditHash.Leaf(Convert.FromHexString(input)));
        }

        Assert.Equal(root, range.Root.ToString());
    }

    [Theory]
    [InlineData(3, 32)]
    [InlineData(1, 33)]
    [InlineData(-1, 0)]
    public void Peaks_of_another_size_are_refused(long size, int length) =>
        Assert.Throws<ArgumentException>(() => MerkleRange.Restore(size, new byte[length]));

    private static Digest[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => AuditHash.Leaf(Encoding.ASCII.GetBytes($"leaf {i}")))];

    // RFC 6962 section 2.1, word for word.
    private static Digest Naive(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? AuditHash.EmptyRoot : leaves[0];
        }

        var left = 1;
        while (left * 2 < leaves.Length)
        {
            left *= 2;
        }

        return AuditHash.Node(Naive(leaves[..left]), Naive(leaves[left..]));
    }
}
